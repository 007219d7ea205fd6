using PiCam.Core.Access;

namespace PiCam.Tests.Fixtures;

/// <summary>One caller of each role.</summary>
internal static class Callers
{
    public static readonly Caller Viewer = new("v", "vera", Role.Viewer, "test");
    public static readonly Caller Operator = new("o", "otto", Role.Operator, "test");
    public static readonly Caller Administrator = new("a", "ana", Role.Administrator, "test");
}
