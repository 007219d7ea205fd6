namespace PiCam.Core;

/// <summary>What <see cref="InvalidValue.Allowed"/> says: the words after "allowed is".</summary>
public static class Allowed
{
    /// <summary>The camera lacks the control.</summary>
    public static Reason NotOnThisCamera { get; } = new("nothing: this camera does not have it", "allowed.notOnThisCamera");

    /// <summary>Any number but infinity and NaN.</summary>
    public static Reason AnyNumber { get; } = new("any finite number", "allowed.anyNumber");

    /// <summary>Pan and tilt are both absent.</summary>
    public static Reason AnAngle { get; } = new("an angle for pan, tilt or both", "allowed.anAngle");

    /// <summary>Another thing of the kind has the name already.</summary>
    public static Reason NotTaken { get; } = new("a name that is not taken yet", "allowed.notTaken");

    /// <summary>No preset has this id.</summary>
    public static Reason APreset { get; } = new("the id of a preset", "allowed.aPreset");

    /// <summary>No run has this id, or only one picture.</summary>
    public static Reason ARun { get; } = new("the sequence of two pictures or more", "allowed.aRun");

    /// <summary>The configuration names no pin for the light.</summary>
    public static Reason NoSuchLight { get; } = new("nothing: there is no such light", "allowed.noSuchLight");

    /// <summary>A look holds exposure, colour and image controls only.</summary>
    public static Reason NotPartOfALook { get; } = new("nothing: it is not part of a look", "allowed.notPartOfALook");

    /// <summary>An empty list.</summary>
    public static Reason OneOrMore { get; } = new("one or more", "allowed.oneOrMore");

    /// <summary>A template's fields are in braces.</summary>
    public static Reason Braces { get; } = new("a field such as {name}, and {{ or }} for a brace alone", "allowed.braces", "{name}", "{{", "}}");

    /// <summary>Whoever asks has not shown that their browser accepts the certificate.</summary>
    public static Reason OffUntilOpenOverHttps { get; } = new("off, until this page is open over HTTPS at this panel's own port", "allowed.offUntilOpenOverHttps");

    /// <summary>One of a list.</summary>
    public static Reason OneOf(string list) => new($"one of {list}", "allowed.oneOf", list);

    /// <summary>A picture file of limited size.</summary>
    public static Reason Png(string megabytes, string megapixels) =>
        new($"a PNG picture of at most {megabytes} MB and {megapixels} megapixels", "allowed.png", megabytes, megapixels);

    /// <summary>Any text but an empty one.</summary>
    public static Reason Text(string longest) => new($"1 to {longest} characters", "allowed.text", longest);

    /// <summary>Any text of plain letters, digits and signs but an empty one.</summary>
    public static Reason AsciiText(string longest) => new($"1 to {longest} ASCII characters", "allowed.asciiText", longest);

    /// <summary>Both ends included.</summary>
    public static Reason Range(string from, string to) => new($"{from} to {to}", "allowed.range", from, to);

    /// <summary>Both ends included, whole numbers only.</summary>
    public static Reason WholeRange(string from, string to) => new($"{from} to {to}, whole", "allowed.wholeRange", from, to);

    /// <summary>Both ends included, even numbers only.</summary>
    public static Reason EvenRange(string from, string to) => new($"even numbers from {from} to {to}", "allowed.evenRange", from, to);

    /// <summary>The upper end only included.</summary>
    public static Reason AboveUpTo(string above, string to) => new($"above {above}, at most {to}", "allowed.aboveUpTo", above, to);

    /// <summary>Less than another value.</summary>
    public static Reason Below(string other) => new($"less than {other}", "allowed.below", other);

    /// <summary>A rectangle of pixels that has the shape of the whole.</summary>
    public static Reason RectangleWithin(string smallest, string size, string corner) =>
        new($"{smallest} or larger within {size} at {corner}, of the same shape", "allowed.rectangleWithin", smallest, size, corner);
}
