using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Sequences;
using PiCam.Tests.Fixtures;
using Xunit;
using static PiCam.Tests.Core.Sequences.SequenceRig;

namespace PiCam.Tests.Core.Sequences;

/// <summary>What may be asked for, by whom, under which name, and what is kept of it.</summary>
public sealed class SequenceRequestTests : IAsyncLifetime
{
    private readonly FakeCamera camera = new();
    private SequenceRig rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SequenceCamera Sequences => rig.Sequences;

    public async ValueTask InitializeAsync() => rig = await SequenceRig.StartWithStillsAsync(camera);

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public void Start_FocusBeyondTheLens_NamesTheRange()
    {
        var refused = Assert.Throws<InvalidValueException>(
            () => Sequences.Start(Callers.Operator, new SequenceRequest { Kind = SequenceKind.Focus, Count = 3, To = 33 }));

        Assert.Equal(new InvalidValue("to", "33", Allowed.Range("0", "32")), Assert.Single(refused.Errors));
    }

    [Fact]
    public async Task Start_CameraWithoutSuchControls_IsRefusedWithTheReason()
    {
        await using var plain = await SequenceRig.StartAsync(new FakeCamera { Capabilities = FakeCamera.NoControls });

        var lens = Assert.Throws<SequenceRefusedException>(
            () => plain.Sequences.Start(Callers.Operator, new SequenceRequest { Kind = SequenceKind.Focus, Count = 3 }));
        var shutter = Assert.Throws<SequenceRefusedException>(() => plain.Sequences.Start(Callers.Operator, Bracket));

        Assert.Equal((SequenceFault.LensFixed, SequenceFault.ExposureFixed), (lens.Reason, shutter.Reason));
        Assert.Empty(plain.Sequences.All);
    }

    [Fact]
    public async Task Start_WhileAnotherIsUnderWay_IsRefusedByItsName()
    {
        var first = Sequences.Start(Callers.Administrator, new SequenceRequest());

        var refused = Assert.Throws<SequenceRefusedException>(() => Sequences.Start(Callers.Operator, Bracket));

        Assert.Equal(SequenceFault.UnderWay("ana"), refused.Reason);
        Sequences.Stop(Callers.Operator, first.Id);
        await rig.EndAsync(first);
        Assert.Equal(SequencePhase.Done, (await rig.EndAsync(Sequences.Start(Callers.Operator, Bracket))).Phase);
    }

    [Fact]
    public async Task Names_AfterARestart_CollideWithNothing()
    {
        await rig.EndAsync(Sequences.Start(Callers.Operator, Bracket));

        var restarted = rig.NewCamera();
        var again = restarted.Start(Callers.Operator, Bracket);
        await rig.EndAsync(again, restarted);

        Assert.Equal(["bracket001-2", "bracket002-2", "bracket003-2"], (await rig.PicturesAsync(again)).Select(p => p.Name));
        Assert.Equal(6, rig.Library.OnDisk().Distinct().Count());
    }

    [Theory]
    [InlineData("../../etc/{counter}")]
    [InlineData("<img src=x onerror=alert(1)>{counter}")]
    [InlineData("a\\b:c{counter}")]
    public async Task Name_Hostile_StaysAFileOfTheDaysFolder(string name)
    {
        var begun = Sequences.Start(Callers.Operator, Bracket with { Name = name });

        Assert.Equal(SequencePhase.Done, (await rig.EndAsync(begun)).Phase);
        Assert.All(rig.Library.OnDisk(), f => Assert.Matches(@"^\d{4}/\d\d/\d\d/[^/\\:<>]+\.jpg$", f));
    }

    [Fact]
    public async Task Settings_AreKeptAndRefusedByField()
    {
        await Sequences.SetAsync(Callers.Operator, s => s.Choose(s.Bracket with { Count = 7, Step = 0.5 }));

        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => Sequences.SetAsync(
            Callers.Operator, s => s.Choose(new SequenceRequest { Kind = SequenceKind.Bracket, Count = 4, Step = 5, Name = "{nothing}" })));

        Assert.Equal(["count", "step", "name"], refused.Errors.Select(e => e.Field));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Sequences.SetAsync(Callers.Viewer, s => s));
        var restarted = rig.NewCamera();
        await restarted.StartAsync(Token);
        Assert.Equal((SequenceKind.Bracket, 7, 0.5), (restarted.Settings.Chosen.Kind, restarted.Settings.Chosen.Count, restarted.Settings.Chosen.Step));
    }

    [Fact]
    public void Start_Viewer_IsRefused()
    {
        Assert.Throws<AccessRefusedException>(() => Sequences.Start(Callers.Viewer, Bracket));
        Assert.Throws<SequenceMissingException>(() => Sequences.Find("nobody"));
        Assert.Empty(Sequences.All);
    }
}
