namespace PiCam.Blazor.Resources;

/// <summary>Marks the texts of the set-up and sign-in pages: AccountTexts.resx (English) and AccountTexts.zh-Hans.resx.</summary>
public sealed class AccountTexts;
