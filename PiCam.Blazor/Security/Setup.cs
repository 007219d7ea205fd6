using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>The first run: holds the one-time code, and makes the first Administrator for whoever brings it.</summary>
public sealed class Setup(SetupState state, DataFolder folder, IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim turn = new(1);
    private SetupCode? code;
    private long issued;

    /// <summary>The code in force; null when there is none (set-up is done, or has not begun).</summary>
    public string? CodeText => code?.Text;

    /// <summary>How long the code in force still lasts; not positive: it needs replacing.</summary>
    public TimeSpan Remaining => CodeLifetime - time.GetElapsedTime(issued);

    /// <summary>Replaces the code, in memory and in the file.</summary>
    public async Task ReplaceCodeAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!state.Done)
            {
                var next = SetupCode.Create();
                DataFolder.WritePrivate(folder.SetupCode, next.Text + "\n");
                code = next;
                issued = time.GetTimestamp();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Set-up is done: the code is worthless now.</summary>
    public async Task ForgetCodeAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Forget();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Makes the first Administrator and ends set-up.</summary>
    /// <returns>Null when the code is wrong or spent; else the new Administrator.</returns>
    /// <exception cref="PeopleException">The name or the password cannot be used; the code stays good.</exception>
    public async Task<PiCamUser?> CreateAdministratorAsync(
        string? typedCode, string name, string password, CancellationToken cancellationToken)
    {
        // One at a time, so that two people with the same code cannot both win.
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (code is null || Remaining <= TimeSpan.Zero || !code.Matches(typedCode)
                || await state.RefreshAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            PiCamUser user;
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                user = await scope.ServiceProvider.GetRequiredService<People>()
                    .AddAsync(Caller.System, name, password, Role.Administrator).ConfigureAwait(false);
            }

            Forget();
            await state.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
            return user;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private void Forget()
    {
        code = null;
        File.Delete(folder.SetupCode);
    }
}
