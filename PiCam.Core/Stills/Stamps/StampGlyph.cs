using System.Text;
using SkiaSharp;

namespace PiCam.Core.Stills.Stamps;

/// <summary>A character as it is drawn.</summary>
/// <param name="Character">What the text has there.</param>
/// <param name="Face">The font that draws it.</param>
/// <param name="Id">Its glyph in that font.</param>
/// <param name="Advance">How far it moves on, as a part of the text's size.</param>
internal readonly record struct StampGlyph(Rune Character, SKTypeface Face, ushort Id, float Advance);
