using AltSendme.Blobs.Protocol.Requests;

namespace AltSendme.Blobs.Protocol;

/// <summary>How one request stream was served.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Kind">What was asked; <see langword="null"/> when that was not understood.</param>
/// <param name="StreamError">
/// The code with which the caller has to reset the stream; <see langword="null"/> when the answer was completed in good order. Other streams of the connection are not concerned.
/// </param>
/// <param name="Fault">What can't be read and why, for the log of the one who shares; its message names the file.</param>
public readonly record struct ServeResult(ServeOutcome Outcome, RequestKind? Kind, ulong? StreamError = null, Exception? Fault = null);
