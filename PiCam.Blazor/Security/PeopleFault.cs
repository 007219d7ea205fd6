using PiCam.Core;

namespace PiCam.Blazor.Security;

/// <summary>Why something about people, tokens or links could not be done.</summary>
public static class PeopleFault
{
    /// <summary>One must be left who can let others in.</summary>
    public static Reason LastAdministrator { get; } = new(
        "This is the last administrator who can sign in: make somebody else an administrator first.", "people.lastAdministrator");

    /// <summary>It says nothing about the new one.</summary>
    public static Reason WrongPassword { get; } = new("The present password is wrong.", "people.wrongPassword");

    /// <summary>What an app shows for 30 s.</summary>
    public static Reason WrongCode { get; } = new(
        "The code is wrong or used already. Wait for the next one; if none works, compare the clocks of the phone and of this machine.", "people.wrongCode");

    /// <summary>A new key would shut the person out.</summary>
    public static Reason TwoFactorIsOn { get; } = new("An authenticator app is asked for already: switch that off first.", "people.twoFactorIsOn");

    /// <summary>Signing in was too long ago for this.</summary>
    public static Reason NotConfirmed { get; } = new("Type your password again before you do this.", "people.notConfirmed");

    /// <summary>The browser and the panel did not agree.</summary>
    public static Reason PasskeyFailed { get; } = new("The passkey could not be used. Try again.", "people.passkeyFailed");

    /// <summary>A person has a password, sessions and so on; a token has not.</summary>
    public static Reason NotAPerson { get; } = new("Only a person has an account; a token or a guest has none.", "people.notAPerson");

    /// <summary>Easy to guess.</summary>
    public static Reason CommonPassword { get; } = new(
        "This password is among the first that somebody would try. Take a longer one, such as three or four words that have nothing to do with each other.",
        "people.commonPassword");

    /// <summary>For the link of an invitation or a guest.</summary>
    public static Reason LinkOver { get; } = new("This link is used, revoked or too old. Ask for a new one.", "people.linkOver");

    /// <param name="name">The name that somebody has.</param>
    public static Reason NameTaken(string name) => new($"The name {name} is taken already.", "people.nameTaken", name);

    /// <param name="longest">In characters.</param>
    public static Reason UnusableName(string longest) => new(
        $"A name has 1 to {longest} characters, and no blank at its ends.", "people.unusableName", longest);

    /// <param name="name">The name that nobody has.</param>
    public static Reason UnknownName(string name) => new($"There is no {name}.", "people.unknownName", name);

    /// <param name="most">For each person.</param>
    public static Reason TooManyTokens(string most) => new($"You have {most} tokens already: revoke one first.", "people.tooManyTokens", most);

    /// <summary>There the present password is asked for.</summary>
    public static Reason OnOwnPage { get; } = new("Change your own password and sign-in on the page My account.", "people.onOwnPage");

    /// <param name="shortest">In characters.</param>
    /// <param name="longest">In characters.</param>
    public static Reason PasswordLength(string shortest, string longest) => new(
        $"A password has {shortest} to {longest} characters.", "people.passwordLength", shortest, longest);

    /// <param name="wait">Such as "2 min".</param>
    public static Reason TooManyAttempts(string wait) => new(
        $"Too many wrong attempts. Try again in {wait}.", "people.tooManyAttempts", wait);
}
