namespace AltSendme.Blobs.Protocol;

/// <summary>Says, blob by blob, what a request's answer must be and where it goes.</summary>
public interface IGetTarget
{
    /// <summary>
    /// Called for each blob of which something was asked, in ascending order, after the previous one's sink has been told of its end; so the children can be known from the hash sequence that has
    /// just arrived.
    /// </summary>
    /// <param name="index">0 for the root, 1 and up for the children of the hash sequence in order.</param>
    /// <param name="cancellationToken">Cancelled with the request.</param>
    /// <returns>The blob, or <see langword="null"/> when there is no such child: the answer has to end there. The root's hash is the request's, whatever is returned as such.</returns>
    ValueTask<GetChild?> OpenAsync(long index, CancellationToken cancellationToken);
}
