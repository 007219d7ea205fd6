using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Exports;
using PiCam.Core.Media;
using PiCam.Hardware.Exports;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Exports;

/// <summary>The library, copied to a real folder.</summary>
public sealed class MediaExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Export_OfPicturesOfOneName_HasThemAllAndGoesOnWhereItEnded()
    {
        await using var rig = await LibraryRig.StartAsync();
        var export = Export(rig);
        var items = new List<MediaItem>();
        foreach (var colour in new[] { SKColors.Red, SKColors.Green, SKColors.Blue })
        {
            items.Add(await rig.AddAsync(content: LibraryRig.Jpeg(colour: colour)));
            await rig.Library.RenameAsync(Callers.Operator, items[^1].Id, "Fox: at the gate");
        }

        await export.StartAsync(Callers.Operator, folder.Path, [items[0].Id]);
        await EndedAsync(export);
        await export.StartAsync(Callers.Operator, folder.Path, [.. items.Select(item => item.Id), "gone", items[0].Id]);
        await EndedAsync(export);

        var state = export.State!;
        Assert.Equal((4, 2, 1, 1, null, false), (state.Total, state.Copied, state.Already, state.Missing, state.Fault, state.IsStopped));
        Assert.Equal(items[1].Bytes + items[2].Bytes, state.Bytes);
        foreach (var (number, item) in items.Index())
        {
            var copy = folder[$"PiCam/{item.TakenAt:yyyy/MM/dd}/Fox_ at the gate{(number == 0 ? "" : $" ({number + 1})")}.jpg"];
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(rig.Media, item.Path), Token), await File.ReadAllBytesAsync(copy, Token));
        }

        export.Forget(Callers.Operator);
        Assert.Null(export.State);
    }

    [Fact]
    public async Task Export_Stopped_SaysHowFarItCame()
    {
        await using var rig = await LibraryRig.StartAsync();
        var export = Export(rig);
        var ids = new List<string>();
        for (var number = 0; number < 40; number++)
        {
            ids.Add((await rig.AddAsync()).Id);
        }

        // It is held at its first report, so that there is something left to stop.
        using var held = new ManualResetEventSlim();
        export.Changed += () =>
        {
            if (export.State is { IsRunning: true } and ({ Bytes: > 0 } or { Done: > 0 }))
            {
                held.Wait(Token);
            }
        };
        await export.StartAsync(Callers.Operator, folder.Path, ids);
        await Eventually.TrueAsync(() => export.State is { Bytes: > 0 } or { Done: > 0 }, "it copies", Token);
        Assert.Equal(ExportFault.Busy, (await Assert.ThrowsAsync<ExportFailedException>(() => export.StartAsync(Callers.Operator, folder.Path, ids))).Reason);
        var stopping = export.StopAsync(Callers.Operator);
        held.Set();
        await stopping;

        Assert.Equal((false, true, null), (export.State!.IsRunning, export.State.IsStopped, export.State.Fault));
        Assert.Equal(export.State.Copied, Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Start_NoSuchPlaceOrNothingOrAViewer_IsRefused()
    {
        await using var rig = await LibraryRig.StartAsync();
        var export = Export(rig);

        Assert.Equal("place", await RefusedAsync(() => export.StartAsync(Callers.Operator, "/etc", ["1"])));
        Assert.Equal("ids", await RefusedAsync(() => export.StartAsync(Callers.Operator, folder.Path, [])));
        await Assert.ThrowsAsync<AccessRefusedException>(() => export.StartAsync(Callers.Viewer, folder.Path, ["1"]));
        await Assert.ThrowsAsync<AccessRefusedException>(() => export.PlacesAsync(Callers.Viewer));
        Assert.Throws<AccessRefusedException>(() => export.Forget(Callers.Viewer));
        await Assert.ThrowsAsync<AccessRefusedException>(() => export.StopAsync(Callers.Viewer));
        Assert.Null(export.State);

        static async Task<string> RefusedAsync(Func<Task> start) => Assert.Single((await Assert.ThrowsAsync<InvalidValueException>(start)).Errors).Field;
    }

    private static Task EndedAsync(MediaExport export) => Eventually.TrueAsync(() => export.State is { IsRunning: false }, "the export ends", Token);

    private MediaExport Export(LibraryRig rig) => new(
        rig.Library, new ExportPlaces([folder.Path], rig.Media, new MountTable(folder["no mounts"]), NullLogger<ExportPlaces>.Instance), TimeProvider.System, NullLogger<MediaExport>.Instance);
}
