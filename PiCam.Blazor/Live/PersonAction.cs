using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Settings;

namespace PiCam.Blazor.Live;

/// <summary>Runs what a person asked for, and tells them when it could not be done.</summary>
public sealed partial class PersonAction(
    ISnackbar snackbar,
    IStringLocalizer<Texts> texts,
    AuthenticationStateProvider authentication,
    IPrincipalCheck principals,
    NavigationManager navigation,
    ILogger<PersonAction> logger)
{
    // What is on the page of the last failure of each action; two presses of one button are the same method.
    private readonly Dictionary<MethodInfo, List<Snackbar>> told = [];

    /// <summary>
    /// Runs <paramref name="action"/>; a failure becomes a message on the page. Who was dismissed or got another role since the
    /// page was opened has the page loaded anew instead, at once, which leads them where they belong. What was said of an action's last
    /// failure goes when it succeeds.
    /// </summary>
    /// <param name="action">What was asked for.</param>
    /// <param name="leaving">Cancelled when the one who asked has left the page; what stops by that is not said.</param>
    public async Task RunAsync(Func<Task> action, CancellationToken leaving = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            var person = (await authentication.GetAuthenticationStateAsync()).User;
            if (!await principals.IsCurrentAsync(person, CancellationToken.None))
            {
                navigation.Refresh(forceReload: true);
                return;
            }

            await action();
            Forget(action);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (InvalidValueException invalid)
        {
            foreach (var error in invalid.Errors)
            {
                Tell(action, texts.SayWrong(error), Severity.Warning);
            }
        }
        catch (SettingNotStoredException notStored)
        {
            LogFailed(notStored);
            Tell(action, texts["SettingNotStored", notStored.InnerException?.Message ?? notStored.Message], Severity.Error);
        }
        catch (AccessRefusedException refused)
        {
            Tell(action, texts["AccessRefused", texts["Role" + PermissionTable.LowestRoleFor(refused.Permission)].Value], Severity.Warning);
        }
        catch (CameraLostException lost)
        {
            Tell(action, texts["CameraNotThere", texts.Say(lost.Reason)], Severity.Error);
        }
        catch (ReasonException refused)
        {
            Tell(action, texts.Say(refused.Reason), Severity.Error);
        }
        catch (GimbalMissingException)
        {
            Tell(action, texts["GimbalNotThere"], Severity.Error);
        }
#pragma warning disable CA1031 // Whatever went wrong, the person who asked is told, and the page lives on.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            LogFailed(unexpected);
            Tell(action, texts["ActionFailed", unexpected.Message], Severity.Error);
        }
    }

    private void Tell(Func<Task> action, string message, Severity severity)
    {
        // Null: it is there already.
        if (snackbar.Add(message, severity) is { } shown)
        {
            if (!told.TryGetValue(action.Method, out var all))
            {
                told[action.Method] = all = [];
            }

            all.Add(shown);
        }
    }

    private void Forget(Func<Task> action)
    {
        if (told.Remove(action.Method, out var all))
        {
            all.ForEach(snackbar.Remove);
        }
    }

    [LoggerMessage(LogLevel.Error, "What a person asked for failed")]
    private partial void LogFailed(Exception exception);
}
