using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Core.Boards;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class PersonActionTests : IAsyncDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;
    private readonly PanelContext context = new();
    private readonly ErrorCount errors = new();

    public PersonActionTests()
    {
        context.Services.AddSingleton<ILogger<PersonAction>>(errors);
        CultureInfo.CurrentUICulture = new CultureInfo("zh-Hans");
    }

    public static TheoryData<Exception, string> Refusals => new()
    {
        { new PresetMissingException("p1"), "该预设位已不存在。" },
        { new TourMissingException("t1"), "该巡航已不存在。" },
        { new GimbalReservedException("ana"), "ana 正在校准云台。" },
        { new BoardActionException(BoardFault.ActionFailed("no")), "系统拒绝执行：no。" },
        { new GimbalMissingException(), "未连接云台。" },
    };

    public async ValueTask DisposeAsync()
    {
        CultureInfo.CurrentUICulture = before;
        await context.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Run_RefusedForAReason_SaysItInThePersonsLanguageAndIsNoError(Exception refusal, string said)
    {
        await context.Services.GetRequiredService<PersonAction>().RunAsync(() => Task.FromException(refusal), CancellationToken.None);

        Assert.Equal(said, Assert.Single(context.Services.GetRequiredService<ISnackbar>().ShownSnackbars).Message);
        Assert.Equal(0, errors.Count);
    }

    [Fact]
    public async Task Run_BrokenForNoKnownReason_IsToldAndLogged()
    {
        await context.Services.GetRequiredService<PersonAction>().RunAsync(() => Task.FromException(new IOException("pipe")), CancellationToken.None);

        Assert.Equal("操作失败：pipe", Assert.Single(context.Services.GetRequiredService<ISnackbar>().ShownSnackbars).Message);
        Assert.Equal(1, errors.Count);
    }

    [Fact]
    public async Task Run_SucceedsAfterAFailure_TakesTheFailuresMessageAwayAndNoOthers()
    {
        var action = context.Services.GetRequiredService<PersonAction>();
        var snackbar = context.Services.GetRequiredService<ISnackbar>();
        var isBroken = true;
        Task WorkAsync() => isBroken ? Task.FromException(new IOException("pipe")) : Task.CompletedTask;
        await action.RunAsync(() => Task.FromException(new IOException("other")), CancellationToken.None);
        await action.RunAsync(WorkAsync, CancellationToken.None);
        Assert.Equal(2, snackbar.ShownSnackbars.Count());

        isBroken = false;
        await action.RunAsync(WorkAsync, CancellationToken.None);

        Assert.Equal("操作失败：other", Assert.Single(snackbar.ShownSnackbars).Message);
    }

    [Fact]
    public async Task Run_StoppedByLeavingThePage_IsNotTold_ByAnythingElseItIs()
    {
        var action = context.Services.GetRequiredService<PersonAction>();
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        await action.RunAsync(() => Task.FromCanceled(left.Token), left.Token);
        Assert.Empty(context.Services.GetRequiredService<ISnackbar>().ShownSnackbars);

        await action.RunAsync(() => Task.FromCanceled(left.Token), CancellationToken.None);
        Assert.Single(context.Services.GetRequiredService<ISnackbar>().ShownSnackbars);
    }

    private sealed class ErrorCount : ILogger<PersonAction>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Count += logLevel >= LogLevel.Error ? 1 : 0;
    }
}
