using AltSendme.Blobs.Stores;

namespace AltSendme.Blobs.Protocol;

/// <summary>A blob that is about to arrive.</summary>
/// <param name="Hash">What it must be.</param>
/// <param name="Sink">Takes its verified content.</param>
public readonly record struct GetChild(Hash Hash, IBlobSink Sink);
