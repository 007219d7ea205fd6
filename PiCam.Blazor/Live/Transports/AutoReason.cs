namespace PiCam.Blazor.Live.Transports;

/// <summary>Why Auto uses what it uses.</summary>
public enum AutoReason
{
    /// <summary>The link carries whole pictures, in the page's own updates.</summary>
    LinkIsQuick,

    /// <summary>The link carries whole pictures again; for the case that it does not for long they go as bytes.</summary>
    LinkIsQuickAgain,

    /// <summary>The link is a little slow: a third is saved.</summary>
    LinkIsSlower,

    /// <summary>The link does not carry pictures; a film needs much less.</summary>
    LinkIsSlow,

    /// <summary>Pictures one by one take too long on their way, however wide it is; a film does not wait for answers.</summary>
    PicturesAreFew,

    /// <summary>The link is slow, but there is no film: pictures are smaller instead.</summary>
    LinkIsSlowWithoutFilm,

    /// <summary>This browser or this machine cannot do with a film, whoever wants it.</summary>
    NoFilm,
}
