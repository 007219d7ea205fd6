using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Core;
using PiCam.Core.Cameras;
using Xunit;

namespace PiCam.Tests.Blazor.Resources;

public sealed class ReasonTextsTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = before;

    [Fact]
    public void Say_KnownReason_IsInThePersonsLanguageWithItsArguments()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("zh-Hans");
        Assert.Equal("视频文件 /srv/garden.mp4 不存在。", Texts().Say(CameraLoss.FileMissing("/srv/garden.mp4")));
        Assert.Equal("0.1 至 5", Texts().Say(Allowed.Range("0.1", "5")));
    }

    [Fact]
    public void Say_ReasonOfADriver_IsSaidAsItCame()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("zh-Hans");
        Assert.Equal("the cable came off", Texts().Say("the cable came off"));
        Assert.Equal("no text yet", Texts().Say(new Reason("no text yet", "camera.unknown")));
        Assert.Equal("", Texts().Say(null));
    }

    private static IStringLocalizer<Texts> Texts() => new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider()
        .GetRequiredService<IStringLocalizer<Texts>>();
}
