using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Blobs.Stores;

/// <summary>What a provider looks blobs up in.</summary>
public interface IBlobSource
{
    /// <summary>Finds a blob by its hash.</summary>
    bool TryFind(in Hash hash, [NotNullWhen(true)] out IBlob? blob);
}
