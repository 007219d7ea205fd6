namespace PiCam.Blazor.Security;

/// <summary>Why a person or token could not be added or changed.</summary>
public enum PeopleError
{
    NameTaken,
    UnusableName,
    UnknownName,
    WeakPassword,
}
