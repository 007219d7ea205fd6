namespace PiCam.Core.Photography.Looks;

/// <summary>The lock as it is stored: without what is measured anew.</summary>
internal sealed record StoredLock(LookState State, SceneLight? Reference);
