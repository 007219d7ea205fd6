using Microsoft.EntityFrameworkCore;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Set-up is done once the database holds an Administrator, whether the page or the command line made them.</summary>
public sealed class SetupState(IDbContextFactory<PiCamDbContext> contexts) : ISetupState
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Done => done.Task.IsCompleted;

    public Task WhenDoneAsync(CancellationToken cancellationToken) => done.Task.WaitAsync(cancellationToken);

    /// <summary>Looks into the database; returns <see cref="Done"/>.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        if (Done)
        {
            return true;
        }

        var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            if (await context.Users.AnyAsync(user => user.Role == Role.Administrator, cancellationToken).ConfigureAwait(false))
            {
                done.TrySetResult();
            }
        }

        return Done;
    }
}
