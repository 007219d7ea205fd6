namespace PiCam.Blazor.Configuration;

/// <summary>How a setting is written.</summary>
public enum SettingKind
{
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Several texts without spaces; as one text they are parted by one space.</summary>
    List,
}
