using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

public sealed class PeopleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryOperation_BelowAdministrator_IsRefusedByTheServiceItself()
    {
        await using var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", "long enough", Role.Administrator, Token);
        await using var scope = panel.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<People>();
        var tokens = scope.ServiceProvider.GetRequiredService<Tokens>();

        foreach (var caller in new[] { Callers.Viewer, Callers.Operator })
        {
            await RefusedAsync(() => people.AddAsync(caller, "eve", "long enough", Role.Administrator));
            await RefusedAsync(() => people.ListAsync(caller, Token));
            await RefusedAsync(() => people.ResetPasswordAsync(caller, "ana", "long enough too"));
            await RefusedAsync(() => tokens.AddAsync(caller, "eve", Role.Administrator, Token));
            await RefusedAsync(() => tokens.ListAsync(caller, Token));
            await RefusedAsync(() => tokens.RevokeAsync(caller, "eve", Token));
        }

        Assert.Equal("ana", Assert.Single(await people.ListAsync(Caller.System, Token)).UserName);
        Assert.Empty(await tokens.ListAsync(Caller.System, Token));

        static Task RefusedAsync(Func<Task> operation) => Assert.ThrowsAsync<AccessRefusedException>(operation);
    }
}
