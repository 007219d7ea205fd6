using Xunit;

namespace PiCam.Tests.Fixtures;

/// <summary>Tests that count this process's threads, descriptors or children, and so run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
