using AltSendme.Abstractions;

namespace AltSendme.Core.Previews;

/// <summary>
/// Numbers of the preview protocol <c>sendme/metadata/1</c>, as the AltSendme app has them. One stream: the receiver writes the byte <see cref="Request"/>, the sender answers with the length of a
/// JSON text in four bytes, big-endian, and the text. The receiver ends its side once it has the answer, so the sender must not wait for that end before it answers.
/// </summary>
internal static class PreviewProtocol
{
    /// <summary>The only request.</summary>
    public const byte Request = 1;

    /// <summary>Bytes of an answer at most, its length not counted.</summary>
    public const int MaxAnswerSize = 8 * 1024 * 1024;

    /// <summary>What the app writes as the type of a share of several files and folders.</summary>
    public const string SeveralItems = "application/x-iroh-collection";

    /// <summary>Addresses in a preview at most.</summary>
    public const int MaxAddresses = 16;

    /// <summary>Who named an address that stood in a preview.</summary>
    public static readonly CandidateSource Source = new("preview");

    /// <summary>How long the sender gives a receiver to ask, read and leave.</summary>
    public static readonly TimeSpan ServeLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long a receiver waits for a preview, dialling included, before it goes on without.</summary>
    public static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(5);

    /// <summary>Whether an address belongs into a preview: one that only a transport can read.</summary>
    public static bool IsOther(EndpointAddress address) => address.Scheme is not (EndpointAddress.IpScheme or EndpointAddress.RelayScheme);
}
