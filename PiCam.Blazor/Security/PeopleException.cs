using PiCam.Core;

namespace PiCam.Blazor.Security;

/// <summary>Something about people, tokens or links could not be done; see <see cref="PeopleFault"/>.</summary>
public sealed class PeopleException(Reason reason) : ReasonException(reason);
