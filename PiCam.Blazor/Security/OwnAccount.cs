using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>What people do with their own account is for people: neither tokens nor guests have one.</summary>
internal static class OwnAccount
{
    /// <summary>Whether the caller has an account: neither a token, nor a guest, nor whoever has the console.</summary>
    public static bool Has(Caller caller) => TokenIdentity.TryReadToken(caller.UserId) is null && TokenIdentity.TryReadGuest(caller.UserId) is null
        && caller.UserId != Caller.System.UserId;

    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The caller is no person.</exception>
    public static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManageOwnAccount);
        if (!Has(caller))
        {
            throw new PeopleException(PeopleFault.NotAPerson);
        }
    }
}
