using System.Text;

namespace PiCam.Hardware.Exports;

/// <summary>What is mounted where, as the kernel lists it.</summary>
/// <param name="file">The list, as proc(5) describes /proc/self/mountinfo.</param>
internal sealed class MountTable(string file = "/proc/self/mountinfo")
{
    /// <summary>One line.</summary>
    /// <param name="Folder">Where it is mounted.</param>
    /// <param name="Device">What, such as "/dev/sda1" or "nas:/pictures".</param>
    /// <param name="Number">The file system's, as "major:minor".</param>
    public sealed record Mount(string Folder, string Device, string Number);

    /// <summary>What can be reached: of several in one place the last one. A line is "36 35 98:0 /root /mount/point rw,noatime … - ext4 /dev/sda1 rw".</summary>
    public IReadOnlyList<Mount> Read()
    {
        if (!File.Exists(file))
        {
            // No Linux.
            return [];
        }

        var mounts = from line in File.ReadAllLines(file)
                     let fields = line.Split(' ')
                     let dash = Array.IndexOf(fields, "-")
                     where dash > 5 && fields.Length > dash + 2
                     select new Mount(Unescaped(fields[4]), Unescaped(fields[dash + 2]), fields[2]);
        return [.. mounts.GroupBy(mount => mount.Folder).Select(same => same.Last())];
    }

    /// <summary>What a folder lies on; null: unknown.</summary>
    public static Mount? Of(string folder, IReadOnlyList<Mount> mounts) => mounts
        .Where(mount => folder == mount.Folder || folder.StartsWith(mount.Folder.TrimEnd('/') + "/", StringComparison.Ordinal))
        .MaxBy(mount => mount.Folder.Length);

    // Blanks and the like are three octal digits behind a backslash; the bytes are UTF-8.
    private static string Unescaped(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var bytes = new List<byte>();
        var given = Encoding.UTF8.GetBytes(field);
        for (var at = 0; at < given.Length; at++)
        {
            if (given[at] == '\\' && at + 3 < given.Length)
            {
                bytes.Add((byte)(((given[at + 1] - '0') * 64) + ((given[at + 2] - '0') * 8) + (given[at + 3] - '0')));
                at += 3;
            }
            else
            {
                bytes.Add(given[at]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
