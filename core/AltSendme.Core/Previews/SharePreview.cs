using AltSendme.Abstractions;

namespace AltSendme.Core.Previews;

/// <summary>
/// What a sender says about a share before anything of it is fetched, in the form of the AltSendme app (protocol <c>sendme/metadata/1</c>, docs/protocol/transfer.md).
/// A hint: what is agreed to is the list that the share's root proves.
/// </summary>
/// <param name="Name">Name of the file or folder, or of the first of several; escape it before showing it.</param>
/// <param name="ItemCount">Files and folders at the top of the share.</param>
/// <param name="Bytes">Total size.</param>
public sealed record SharePreview(string Name, long ItemCount, long Bytes)
{
    /// <summary>What it is, where the sender says so.</summary>
    public string? MimeType { get; init; }

    /// <summary>A small picture as a <c>data:image/</c> URL, where the sender gave one; see <see cref="PreviewItem.Thumbnail"/>.</summary>
    public string? Thumbnail { get; init; }

    /// <summary>What stands at the top of the share; empty where the sender does not list it.</summary>
    public IReadOnlyList<PreviewItem> Items { get; init; } = [];

    /// <summary>
    /// Where transports beyond the ticket's IP addresses and relay reach the sender, such as <c>msquic:192.0.2.1:4433</c>: a ticket by relay or id alone can't say so. Only AltSendme sends them; others skip the member.
    /// At most <see cref="PreviewProtocol.MaxAddresses"/>.
    /// </summary>
    public IReadOnlyList<EndpointAddress> OtherAddresses { get; init; } = [];
}
