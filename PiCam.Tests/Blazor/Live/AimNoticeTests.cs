using Bunit;
using PiCam.Blazor.Live;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class AimNoticeTests
{
    private static readonly Caller Ana = new("1", "ana", Role.Operator, "this page");

    [Fact]
    public async Task Notice_AnotherAims_NamesThemUntilAWhileAfterTheyStopped()
    {
        await using var panel = new PanelContext();
        var notice = panel.Render<AimNotice>(p => p.Add(c => c.Caller, Ana));
        Assert.Empty(notice.Find("[role=status]").TextContent.Trim());

        panel.Gimbal.RelativeMove(Callers.Operator, new PanTilt(1, 0));
        panel.Time.Advance(Gimbal.Step);
        notice.WaitForAssertion(() => Assert.Contains("otto is aiming", notice.Markup, StringComparison.Ordinal));

        for (var i = 0; i < 100 && panel.Gimbal.Status.Moving; i++)
        {
            panel.Time.Advance(Gimbal.Step);
        }

        Assert.False(panel.Gimbal.Status.Moving);
        panel.Time.Advance(TimeSpan.FromSeconds(3));
        notice.WaitForAssertion(() => Assert.Empty(notice.Find("[role=status]").TextContent.Trim()));
    }

    [Fact]
    public async Task Notice_OneAimsOneself_SaysNothing()
    {
        await using var panel = new PanelContext();
        var notice = panel.Render<AimNotice>(p => p.Add(c => c.Caller, Ana));

        panel.Gimbal.RelativeMove(Ana, new PanTilt(1, 0));
        panel.Time.Advance(Gimbal.Step);

        Assert.Null(panel.Gimbal.MovedByAnother(Ana));
        Assert.Empty(notice.Find("[role=status]").TextContent.Trim());
    }
}
