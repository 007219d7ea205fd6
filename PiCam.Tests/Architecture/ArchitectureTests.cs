using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using PiCam.Blazor;
using PiCam.Core.Cameras;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace PiCam.Tests.Architecture;

/// <summary>Holds the dependency arrows: Blazor → Core ← Hardware, and only the composition root knows Hardware.</summary>
public sealed class ArchitectureTests
{
    private static readonly System.Reflection.Assembly Core = typeof(ICamera).Assembly;
    private static readonly System.Reflection.Assembly Hardware = typeof(PiCam.Hardware.Ffmpeg.FfmpegCamera).Assembly;
    private static readonly System.Reflection.Assembly Panel = typeof(PanelExtensions).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Code =
        new ArchLoader().LoadAssembliesIncludingDependencies(Core, Hardware, Panel).Build();

    private static readonly IObjectProvider<IType> CoreTypes = Types().That().ResideInAssembly(Core).As("Core");
    private static readonly IObjectProvider<IType> HardwareTypes = Types().That().ResideInAssembly(Hardware).As("Hardware");
    private static readonly IObjectProvider<IType> PanelTypes = Types().That().ResideInAssembly(Panel).As("Blazor");

    [Fact]
    public void Core_References_OnlyPixelsCalendarsAndAbstractions()
    {
        var allowed = Core.GetReferencedAssemblies().Select(a => a.Name!).Where(name =>
            name.StartsWith("System", StringComparison.Ordinal)
            || name is "SkiaSharp" or "Cronos"
            || (name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                && (name.EndsWith(".Abstractions", StringComparison.Ordinal) || name is "Microsoft.Extensions.Options")));

        Assert.Equal(Core.GetReferencedAssemblies().Select(a => a.Name!).Order(), allowed.Order());
    }

    [Fact]
    public void Core_TouchesNoProcessFileSocketOrPin() => Types().That().Are(CoreTypes)
        .Should().NotDependOnAny(Types().That().HaveFullNameMatching(
            @"^System\.(Diagnostics\.Process|IO\.(File|Directory|FileStream|FileInfo|DirectoryInfo|Pipes\.)|Net\.|Device\.)"))
        .Check(Code);

    [Fact]
    public void Hardware_DoesNotKnowTheFramework() =>
        Assert.DoesNotContain(Hardware.GetReferencedAssemblies(), a =>
            a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || a.Name == Panel.GetName().Name);

    [Fact]
    public void Hardware_IsKnownToTheCompositionRootOnly() => Types().That().Are(PanelTypes)
        .And().DoNotHaveFullNameMatching(@"^(Program|PiCam\.Blazor\.PanelApplication)")
        .Should().NotDependOnAny(HardwareTypes)
        .Check(Code);

    [Fact]
    public void Processes_AreStartedByOneClass() => Types().That().Are(HardwareTypes).Or().Are(PanelTypes).Or().Are(CoreTypes)
        .And().DoNotHaveFullNameMatching(@"^PiCam\.Hardware\.Processes\.")
        .Should().NotDependOnAny(Types().That().HaveFullName("System.Diagnostics.ProcessStartInfo"))
        .Check(Code);
}
