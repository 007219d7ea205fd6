namespace PiCam.Hardware.Processes;

/// <summary>A child that was to answer a question did not; the message is one clause on why, without a full stop.</summary>
public sealed class ChildFailedException(string message) : Exception(message);
