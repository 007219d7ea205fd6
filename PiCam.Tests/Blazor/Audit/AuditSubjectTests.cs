using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Audit;
using PiCam.Blazor.Data;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using Xunit;

namespace PiCam.Tests.Blazor.Audit;

public sealed class AuditSubjectTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = before;
        services.Dispose();
    }

    [Theory]
    [InlineData("zh-Hans", AuditAction.SignedIn, "pwd", "密码")]
    [InlineData("en", AuditAction.SignedIn, "pwd", "password")]
    [InlineData("en", AuditAction.SignedIn, "mfa", "code")]
    [InlineData("zh-Hans", AuditAction.SignedIn, "otherwise", "otherwise")]
    [InlineData("zh-Hans", AuditAction.UserAdded, "vera (Viewer)", "vera (观看者)")]
    [InlineData("zh-Hans", AuditAction.RoleChanged, "(Viewer) (Operator)", "(Viewer) (操作员)")]
    [InlineData("zh-Hans", AuditAction.UserRemoved, "vera (Viewer)", "vera (Viewer)")]
    [InlineData("zh-Hans", AuditAction.UserRemoved, "pwd", "pwd")]
    [InlineData("zh-Hans", AuditAction.LockedOut, "address", "该地址")]
    [InlineData("zh-Hans", AuditAction.SignedOut, null, null)]
    [InlineData("zh-Hans", AuditAction.SettingChanged, "language: en", "语言：en")]
    [InlineData("zh-Hans", AuditAction.SettingChanged, "audit: 30 d", "操作记录保留 30 天")]
    [InlineData("zh-Hans", AuditAction.SettingChanged, "always HTTPS: on", "始终使用 HTTPS：开")]
    [InlineData("en", AuditAction.SettingChanged, "camera.path", "Address or file")]
    [InlineData("en", AuditAction.SettingChanged, "camera.unheardOf, language", "camera.unheardOf, Language")]
    [InlineData("zh-Hans", AuditAction.RestoreFailed, "The passphrase is wrong, or the backup was changed.", "密码短语不正确，或备份被更改过。")]
    public void Say_TranslatesWhatIsPiCamsOwnAndNoNames(string culture, AuditAction action, string? subject, string? said)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var texts = services.GetRequiredService<IStringLocalizer<Texts>>();
        Assert.Equal(said, AuditSubject.Say(texts, new AuditRow { Who = "ana", Action = action, Subject = subject }));
    }
}
