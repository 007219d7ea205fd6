using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Makes accounts of invitations: one of each.</summary>
public sealed class Welcoming(Links links, People people)
{
    /// <summary>Makes the account that was offered.</summary>
    /// <param name="invitation">As <see cref="Links.FindInvitationAsync"/> found it.</param>
    /// <param name="name">1 to 64 characters, unique without regard to case.</param>
    /// <param name="password">As <see cref="Passwords.Demand"/> takes them.</param>
    /// <param name="address">Where the person is.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="PeopleException">
    /// The name is taken or cannot be used, or the password is too weak: the invitation is still good; or somebody else was faster.
    /// </exception>
    public async Task<PiCamUser> AcceptAsync(
        Invitation invitation, string name, string password, string? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invitation);

        // Before the invitation is used up, of which two requests at once must not make two accounts.
        AccountName.Demand(name);
        Passwords.Demand(password, name);
        if (!await links.TakeAsync(invitation, cancellationToken).ConfigureAwait(false))
        {
            throw new PeopleException(PeopleFault.LinkOver);
        }

        try
        {
            var by = Caller.System with { Name = invitation.By, Session = "invitation", Address = address };
            return await people.AddAsync(by, name, password, invitation.Role).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it is: no account came of it.
            await links.GiveBackAsync(invitation, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
