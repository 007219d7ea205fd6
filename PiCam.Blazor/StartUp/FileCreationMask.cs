using System.Runtime.InteropServices;

namespace PiCam.Blazor.StartUp;

/// <summary>The process's umask.</summary>
internal static class FileCreationMask
{
    /// <summary>
    /// From now on nothing that this process or a library in it creates can be read by others: SQLite, Data Protection and
    /// child processes create files too, and none of them takes a mode.
    /// </summary>
    public static void KeepPrivate()
    {
        // 077: nothing for the group, nothing for others. umask(2) cannot fail.
        _ = Umask(Convert.ToUInt32("077", 8));
    }

    [DllImport("libc", EntryPoint = "umask", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Umask(uint mask);
}
