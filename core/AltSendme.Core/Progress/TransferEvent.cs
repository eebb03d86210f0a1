using AltSendme.Abstractions;
using AltSendme.Core.Previews;
using AltSendme.Core.Settings;

namespace AltSendme.Core.Progress;

/// <summary>
/// Something that a person or script who watches a transfer wants to know. Events go one way, from a session to whoever shows them; the names of the records and their members are
/// those of the command line's <c>--json</c> output (docs/cli.md).
/// </summary>
public abstract record TransferEvent;

/// <summary>Files are being hashed.</summary>
/// <param name="Bytes">Hashed so far.</param>
/// <param name="TotalBytes">All of them.</param>
public sealed record ImportProgressed(long Bytes, long TotalBytes) : TransferEvent;

/// <summary>A file or folder entry that is not sent, and why.</summary>
/// <param name="Path">Which.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record SourceSkipped(string Path, string Reason) : TransferEvent;

/// <summary>The share is ready: whoever has the ticket can fetch it.</summary>
/// <param name="Name">Name of the file or folder, or of the first of several.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their total size.</param>
/// <param name="Text">The ticket.</param>
/// <param name="Hash">Root hash.</param>
/// <param name="Form">What the ticket says about the way to this side; never <see cref="TicketForm.Auto"/>.</param>
/// <param name="Relay">The relay in the ticket, where there is one.</param>
/// <param name="Addresses">The addresses in the ticket.</param>
public sealed record ShareReady(string Name, int Files, long Bytes, string Text, string Hash, TicketForm Form, Uri? Relay, IReadOnlyList<EndpointAddress> Addresses) : TransferEvent
{
    /// <summary>The discovery services that announce this side, by their short names.</summary>
    public IReadOnlyList<string> Discovery { get; init; } = [];
}

/// <summary>A relay can't be used, or not fully. A connection to it that is lost later is not told: it comes back by itself, or the transfer takes another way.</summary>
/// <param name="Relay">Which.</param>
/// <param name="Reason">Why and what to do, for people; no full stop at its end.</param>
public sealed record RelayTrouble(Uri Relay, string Reason) : TransferEvent;

/// <summary>A discovery service does not announce this side, at least not yet; it goes on trying.</summary>
/// <param name="Service">Its short name.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record AnnouncementFailed(string Service, string Reason) : TransferEvent;

/// <summary>A receiver connected.</summary>
/// <param name="Peer">Who, short form.</param>
/// <param name="Receiver">Number of the connection in this share, from 1.</param>
/// <param name="Path">How it reaches us.</param>
public sealed record ReceiverConnected(string Peer, int Receiver, ConnectionPath Path) : TransferEvent;

/// <summary>A receiver got more.</summary>
/// <param name="Receiver">Which connection.</param>
/// <param name="Peer">Who, short form.</param>
/// <param name="Bytes">Content sent to it so far.</param>
/// <param name="TotalBytes">Content of the share.</param>
/// <param name="BytesPerSecond">Rate over the last seconds.</param>
public sealed record ReceiverProgressed(int Receiver, string Peer, long Bytes, long TotalBytes, double BytesPerSecond) : TransferEvent;

/// <summary>A receiver has verified everything.</summary>
/// <param name="Receiver">Which connection.</param>
/// <param name="Peer">Who, short form.</param>
/// <param name="Bytes">Content sent to it.</param>
/// <param name="Elapsed">Since the first content went out.</param>
public sealed record ReceiverCompleted(int Receiver, string Peer, long Bytes, TimeSpan Elapsed) : TransferEvent;

/// <summary>A receiver left without having everything.</summary>
/// <param name="Receiver">Which connection.</param>
/// <param name="Peer">Who, short form.</param>
/// <param name="Bytes">Content sent to it.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record ReceiverLeft(int Receiver, string Peer, long Bytes, string Reason) : TransferEvent;

/// <summary>A request for a file was refused, because the file is gone or has changed.</summary>
/// <param name="Receiver">Whose request.</param>
/// <param name="Peer">Who, short form.</param>
/// <param name="Reason">Which file and why.</param>
public sealed record RequestRefused(int Receiver, string Peer, string Reason) : TransferEvent;

/// <summary>Looking for the sender.</summary>
/// <param name="Peer">Who, short form.</param>
/// <param name="Candidates">The addresses known so far, each with its source.</param>
public sealed record Connecting(string Peer, IReadOnlyList<Candidate> Candidates) : TransferEvent;

/// <summary>A discovery service named a way to the sender.</summary>
/// <param name="Peer">Who, short form.</param>
/// <param name="Candidate">The way, and which service named it.</param>
public sealed record Found(string Peer, Candidate Candidate) : TransferEvent;

/// <summary>Connected to the sender.</summary>
/// <param name="Peer">Who, short form.</param>
/// <param name="Path">How.</param>
public sealed record Connected(string Peer, ConnectionPath Path) : TransferEvent;

/// <summary>The bytes take another way: a direct path was found, or had to be given up for a relay.</summary>
/// <param name="Peer">To whom, short form.</param>
/// <param name="Receiver">Which connection, when this side sends; <see langword="null"/> when it receives.</param>
/// <param name="Path">The way now.</param>
public sealed record PathChanged(string Peer, int? Receiver, ConnectionPath Path) : TransferEvent;

/// <summary>One of several senders is no longer asked; the others go on.</summary>
/// <param name="Peer">Which, short form.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record SenderDropped(string Peer, string Reason) : TransferEvent;

/// <summary>What the sender says about the share, before anything of it is proved. It may be missing; <see cref="PreviewReady"/> follows in any case, and is what is agreed to.</summary>
/// <param name="Peer">Who says so, short form.</param>
/// <param name="Preview">What it says; its texts are a stranger's.</param>
public sealed record SenderPreviewed(string Peer, SharePreview Preview) : TransferEvent;

/// <summary>What the sender said about the share is not what the share is. The proved list holds.</summary>
/// <param name="Peer">Who said so, short form.</param>
/// <param name="StatedBytes">The size that it stated.</param>
/// <param name="Bytes">The size that is proved.</param>
public sealed record PreviewDiffers(string Peer, long StatedBytes, long Bytes) : TransferEvent;

/// <summary>What the share holds, with names made safe and sizes proved.</summary>
/// <param name="Files">Every file.</param>
/// <param name="Bytes">Their total size.</param>
/// <param name="PresentBytes">What is verified already from an earlier run.</param>
public sealed record PreviewReady(IReadOnlyList<PreviewFile> Files, long Bytes, long PresentBytes) : TransferEvent;

/// <summary>A name could not be used as it was sent.</summary>
/// <param name="From">The sender's name; escape it before showing it.</param>
/// <param name="To">The name in use.</param>
public sealed record NameChanged(string From, string To) : TransferEvent;

/// <summary>More arrived and was verified.</summary>
/// <param name="Bytes">Verified so far, earlier runs included.</param>
/// <param name="TotalBytes">All of it.</param>
/// <param name="BytesPerSecond">Rate over the last seconds.</param>
/// <param name="Remaining">Estimated time left; <see langword="null"/> while unknown.</param>
public sealed record ReceiveProgressed(long Bytes, long TotalBytes, double BytesPerSecond, TimeSpan? Remaining) : TransferEvent;

/// <summary>The connection was lost, or nothing arrives over it; another one is tried.</summary>
/// <param name="Peer">To whom, short form.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Attempt">Number of the attempt that follows, from 1.</param>
/// <param name="Delay">Until that attempt.</param>
public sealed record Reconnecting(string Peer, string Reason, int Attempt, TimeSpan Delay) : TransferEvent;

/// <summary>Everything was verified and moved into place.</summary>
/// <param name="Paths">Where the files and folders are, top level only.</param>
/// <param name="Files">How many files were received.</param>
/// <param name="Bytes">Their total size.</param>
/// <param name="FetchedBytes">What was fetched in this run.</param>
/// <param name="Elapsed">Since the person, or <c>--yes</c>, agreed.</param>
public sealed record ReceiveCompleted(IReadOnlyList<string> Paths, int Files, long Bytes, long FetchedBytes, TimeSpan Elapsed) : TransferEvent;
