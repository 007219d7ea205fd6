using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Films;
using PiCam.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Films;

public sealed class FilmMakerTests
{
    private static readonly FilmSettings Removing = new() { RemovesPictures = true };

    private readonly FakeFilmEncoder encoder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Film_OfARun_LiesBesideItsPicturesInTheLibrary()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 10);

        var film = await rig.OverAsync(new FilmSettings { FramesPerSecond = 4 });

        Assert.Equal((FilmState.Done, 10, 10, 0, null), (film.State, film.Pictures, film.Done, film.Skipped, film.Fault));
        var item = Assert.Single(await rig.FilmsAsync());
        Assert.Equal((film.MediaId, FilmRig.Run, TimeSpan.FromSeconds(2.5), "otto"), (item.Id, item.Sequence, item.Duration, item.By));
        Assert.Equal(("2026-11-23 21.00.01", ".mp4", film.AskedAt), (item.Name, Path.GetExtension(item.Path), item.TakenAt));
        Assert.Equal(10, await rig.PicturesAsync());
        Assert.Equal("64×48", $"{encoder.Plans.Single().Size}");
    }

    [Fact]
    public async Task Films_SeveralAskedFor_AreMadeOneAtATimeInOrder()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 3);

        var ids = new List<string>();
        foreach (var rate in new[] { 10, 20, 30 })
        {
            ids.Add((await rig.MakeAsync(new FilmSettings { FramesPerSecond = rate })).Id);
        }

        foreach (var id in ids)
        {
            Assert.Equal(FilmState.Done, (await rig.OverAsync(id)).State);
        }

        Assert.Equal([10, 20, 30], encoder.Plans.Select(plan => plan.Settings.FramesPerSecond));
        Assert.Equal(1, encoder.MostRunning);
        Assert.Equal(ids.AsEnumerable().Reverse(), rig.Maker.All.Select(film => film.Id));
    }

    [Fact]
    public async Task Cancel_WaitingOrBeingMade_LeavesThePicturesAndNothingElse()
    {
        encoder.BeforeEnd = token => Task.Delay(Timeout.Infinite, token);
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        var before = rig.Library.OnDisk();
        var first = await rig.MakeAsync();
        await rig.BecomesAsync(first.Id, FilmState.Making);
        var second = await rig.MakeAsync();

        await rig.Maker.CancelAsync(Callers.Operator, second.Id);
        Assert.Equal(FilmState.Cancelled, rig.Maker.Find(second.Id).State);
        await rig.Maker.CancelAsync(Callers.Operator, first.Id);
        Assert.Equal(FilmState.Cancelled, rig.Maker.Find(first.Id).State);

        Assert.Equal(before, rig.Library.OnDisk());
        Assert.Empty(await rig.FilmsAsync());
        Assert.Single(encoder.Plans);
        encoder.BeforeEnd = _ => Task.CompletedTask;
        Assert.Equal(FilmState.Done, (await rig.OverAsync()).State);
    }

    [Fact]
    public async Task Verification_FramesAreMissing_ThrowsTheFilmAwayAndKeepsThePictures()
    {
        encoder.Lost = 1;
        await using var rig = await FilmRig.StartAsync(encoder, 5);
        var before = rig.Library.OnDisk();

        var film = await rig.OverAsync(Removing);

        Assert.Equal((FilmState.Failed, FilmFault.Unverified("4", "5")), (film.State, film.Fault));
        Assert.Equal(5, await rig.PicturesAsync());
        Assert.Equal(before, rig.Library.OnDisk());
        Assert.Empty(await rig.FilmsAsync());
    }

    [Fact]
    public async Task Pictures_ToBeRemoved_GoAfterVerificationButForProtectedOnesAndCanComeBack()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 4);
        var kept = await rig.AddAsync(TestPictures.Gradient(64, 48));
        await rig.Library.Library.ProtectAsync(Callers.Operator, [kept.Id], true);
        encoder.BeforeEnd = async _ => Assert.Equal(5, await rig.PicturesAsync());

        var film = await rig.OverAsync(Removing);

        Assert.Equal((FilmState.Done, 4, null), (film.State, film.Removed, film.Fault));
        Assert.Equal(1, await rig.PicturesAsync());
        Assert.Single(await rig.FilmsAsync());

        Assert.Equal(4, (await rig.Maker.RestoreAsync(Callers.Operator, film.Id)).Count);
        Assert.Equal((5, 0), (await rig.PicturesAsync(), rig.Maker.Find(film.Id).Removed));
    }

    [Fact]
    public async Task Pictures_OneIsNoWholeJpeg_IsLeftOutCountedAndNotRemoved()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        await rig.AddAsync(TestPictures.Gradient(64, 48)[..500]);
        await rig.AddAsync([]);
        await rig.AddAsync(TestPictures.Gradient(64, 48));

        var film = await rig.OverAsync(Removing);

        Assert.Equal((FilmState.Done, 6, 2, 4, 4), (film.State, film.Pictures, film.Skipped, film.Done, film.Removed));
        Assert.Equal(2, await rig.PicturesAsync());
        Assert.Equal(TimeSpan.FromSeconds(4 / 25.0), (await rig.FilmsAsync()).Single().Duration);
    }

    [Fact]
    public async Task Pictures_ItIsNotKnownWhichOneIsMissing_AreAllKept()
    {
        encoder.Undecodable = 1;
        await using var rig = await FilmRig.StartAsync(encoder, 5);

        var film = await rig.OverAsync(Removing);

        Assert.Equal((FilmState.Done, 0, FilmFault.PicturesKept("1")), (film.State, film.Removed, film.Fault));
        Assert.Equal(5, await rig.PicturesAsync());
    }

    [Fact]
    public async Task Encoder_Fails_IsSaidAndTheNextOneIsMade()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        encoder.Failure = new FilmFailedException(FilmFault.Failed("ffmpeg was ended by signal 11"));
        Assert.Equal(FilmFault.Failed("ffmpeg was ended by signal 11"), (await rig.OverAsync()).Fault);
        encoder.Failure = new InvalidOperationException("A mistake.");
        Assert.Equal(FilmFault.Failed("A mistake"), (await rig.OverAsync()).Fault);
        encoder.Failure = null;
        rig.Library.Files.Room = new MediaRoom(IsWritable: false, FreeBytes: null);
        Assert.Equal(MediaFault.ReadOnly, (await rig.OverAsync()).Fault);
        rig.Library.Files.Room = null;

        Assert.Equal(FilmState.Done, (await rig.OverAsync()).State);
        Assert.Equal(4, rig.Library.OnDisk().Length);
    }

    [Fact]
    public async Task Disk_FillsMeanwhile_EndsTheFilmSoThatTheRestGoesOn()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        var before = rig.Library.OnDisk();
        rig.Maker.Changed += () =>
        {
            if (rig.Maker.All[0].Done == 1)
            {
                rig.Library.Storage.Report(MediaFault.Full);
            }
        };

        var film = await rig.OverAsync();

        Assert.Equal((FilmState.Failed, MediaFault.Full), (film.State, film.Fault));
        Assert.Equal(before, rig.Library.OnDisk());
    }

    [Theory]
    [InlineData(FilmRig.Run, 0, 1080, 75, null, "fps")]
    [InlineData(FilmRig.Run, 61, 1080, 75, null, "fps")]
    [InlineData(FilmRig.Run, 25, 63, 75, null, "height")]
    [InlineData(FilmRig.Run, 25, 4321, 75, null, "height")]
    [InlineData(FilmRig.Run, 25, 1080, 0, null, "quality")]
    [InlineData(FilmRig.Run, 25, 1080, 75, "a\nb", "name")]
    [InlineData(FilmRig.Run, 25, 1080, 75, "", "name")]
    [InlineData("another run", 25, 1080, 75, null, "sequence")]
    public async Task Make_WhatCannotBeUsed_IsRefusedByField(string run, int rate, int height, int quality, string? name, string field)
    {
        await using var rig = await FilmRig.StartAsync(encoder, 2);
        var settings = new FilmSettings { FramesPerSecond = rate, Height = height, Quality = quality };

        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => rig.Maker.MakeAsync(Callers.Operator, run, settings, name, Token));

        Assert.Equal(field, Assert.Single(refused.Errors).Field);
        Assert.Empty(rig.Maker.All);
    }

    [Fact]
    public async Task Make_WithoutWhatItTakes_IsRefused()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 2);
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Maker.MakeAsync(Callers.Viewer, FilmRig.Run, new FilmSettings(), null, Token));
        var film = await rig.OverAsync();
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Maker.CancelAsync(Callers.Viewer, film.Id));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Maker.RestoreAsync(Callers.Viewer, film.Id));
        await Assert.ThrowsAsync<FilmMissingException>(() => rig.Maker.CancelAsync(Callers.Operator, "nonsense"));

        encoder.Fault = FilmFault.NoFfmpeg;
        Assert.Equal(FilmFault.NoFfmpeg, (await Assert.ThrowsAsync<FilmFailedException>(() => rig.MakeAsync())).Reason);

        encoder.Fault = null;
        encoder.BeforeEnd = token => Task.Delay(Timeout.Infinite, token);
        for (var n = 0; n < FilmMaker.MostWaiting; n++)
        {
            await rig.MakeAsync();
        }

        Assert.Equal(FilmFault.TooMany, (await Assert.ThrowsAsync<FilmFailedException>(() => rig.MakeAsync())).Reason);
    }
}
