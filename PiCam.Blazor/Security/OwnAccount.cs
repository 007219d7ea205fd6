using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>What people do with their own account is for people: neither tokens nor guests have one.</summary>
internal static class OwnAccount
{
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PeopleException">The caller is no person.</exception>
    public static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManageOwnAccount);
        if (TokenIdentity.TryReadToken(caller.UserId) is not null || TokenIdentity.TryReadGuest(caller.UserId) is not null
            || caller.UserId == Caller.System.UserId)
        {
            throw new PeopleException(PeopleFault.NotAPerson);
        }
    }
}
