using System.Runtime.InteropServices;

namespace PiCam.Blazor.StartUp;

/// <summary>How the C library keeps memory, which pictures are made in, for boards with little of it.</summary>
internal static class NativeMemory
{
    // Of <malloc.h>.
    private const int LargestFromHeap = -3;
    private const int MostArenas = -8;

    /// <summary>
    /// Keeps it to two arenas (else eight for each processor, each with what its busiest moment left behind), and gives the system
    /// pictures' memory back when they are done (else each large block that is freed raises the bound from which that is done).
    /// </summary>
    public static void KeepSmall()
    {
        try
        {
            _ = Set(MostArenas, 2);
            _ = Set(LargestFromHeap, 1 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc, which has no arenas.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(int parameter, int value);
}
