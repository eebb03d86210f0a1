using System.Net;
using AltSendme.Abstractions;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;
using AltSendme.Core.Settings;

namespace AltSendme.Cli.Tests.Rendering;

/// <summary>An event of each type, with the line that scripts read for it.</summary>
internal static class Events
{
    private static readonly EndpointAddress Address = EndpointAddress.FromIp(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 4433));

    private static readonly ConnectionPath Path = new(PathKind.Direct, Address, TimeSpan.FromMilliseconds(1.5));

    public static IReadOnlyDictionary<string, (TransferEvent Event, string Line)> ByType { get; } = new (TransferEvent Event, string Line)[]
    {
        (new ImportProgressed(1, 2), """{"type":"import-progress","bytes":1,"totalBytes":2}"""),
        (new SourceSkipped("/a/link", "it is a symbolic link"), """{"type":"skipped","path":"/a/link","reason":"it is a symbolic link"}"""),
        (new ShareReady("a.txt", 1, 2, "blobabc", "c0ffee", TicketForm.Full, new Uri("https://relay.example/"), [Address]) { Discovery = ["pkarr"] }, """{"type":"ticket","files":1,"bytes":2,"ticket":"blobabc","name":"a.txt","hash":"c0ffee","ticketType":"full","relay":"https://relay.example/","addresses":["ip:192.0.2.1:4433"],"discovery":["pkarr"]}"""),
        (new RelayTrouble(new Uri("https://relay.example/"), "it says no"), """{"type":"relay-trouble","relay":"https://relay.example/","reason":"it says no"}"""),
        (new AnnouncementFailed("pkarr", "gave no answer"), """{"type":"announcement-failed","service":"pkarr","reason":"gave no answer"}"""),
        (new Found("0123456789", new Candidate(Address, new CandidateSource("mdns"))), """{"type":"found","peer":"0123456789","address":"ip:192.0.2.1:4433","source":"mdns"}"""),
        (new ReceiverConnected("0123456789", 1, Path), """{"type":"receiver-connected","receiver":1,"peer":"0123456789","path":"direct","address":"ip:192.0.2.1:4433","roundTripMilliseconds":1.5}"""),
        (new ReceiverProgressed(1, "0123456789", 2, 3, 4.6), """{"type":"receiver-progress","receiver":1,"bytes":2,"totalBytes":3,"bytesPerSecond":4,"peer":"0123456789"}"""),
        (new ReceiverCompleted(1, "0123456789", 2, TimeSpan.FromSeconds(1.5)), """{"type":"receiver-completed","receiver":1,"bytes":2,"peer":"0123456789","seconds":1.5}"""),
        (new ReceiverLeft(1, "0123456789", 2, "the connection was lost."), """{"type":"receiver-left","receiver":1,"bytes":2,"peer":"0123456789","reason":"the connection was lost."}"""),
        (new RequestRefused(1, "0123456789", "a.txt has changed"), """{"type":"request-refused","receiver":1,"peer":"0123456789","reason":"a.txt has changed"}"""),
        (new Connecting("0123456789", [new Candidate(Address, CandidateSource.Ticket)]), """{"type":"connecting","peer":"0123456789","candidates":[{"address":"ip:192.0.2.1:4433","source":"ticket"}]}"""),
        (new PathChanged("0123456789", 2, Path with { RoundTripTime = null }), """{"type":"path-changed","receiver":2,"peer":"0123456789","path":"direct","address":"ip:192.0.2.1:4433"}"""),
        (new Connected("0123456789", Path with { RoundTripTime = null }), """{"type":"connected","peer":"0123456789","path":"direct","address":"ip:192.0.2.1:4433"}"""),
        (new SenderPreviewed("0123456789", new SharePreview("a.png", 1, 3) { MimeType = "image/png", Thumbnail = "data:image/png;base64,AA==", Items = [new PreviewItem("a.png", 3, "image/png")] }), """{"type":"sender-preview","items":1,"bytes":3,"peer":"0123456789","name":"a.png","mimeType":"image/png","thumbnail":"data:image/png;base64,AA==","names":[{"bytes":3,"name":"a.png","mimeType":"image/png"}]}"""),
        (new SenderDropped("0123456789", "It lied."), """{"type":"sender-dropped","peer":"0123456789","reason":"It lied."}"""),
        (new PreviewDiffers("0123456789", 3, 4), """{"type":"preview-differs","statedBytes":3,"bytes":4,"peer":"0123456789"}"""),
        (new PreviewReady([new PreviewFile("a/b.txt", 3)], 3, 1), """{"type":"preview","files":1,"bytes":3,"presentBytes":1,"names":[{"name":"a/b.txt","bytes":3}]}"""),
        (new NameChanged("x\u001B[2J", "x_[2J"), """{"type":"name-changed","from":"x\u001B[2J","to":"x_[2J"}"""),
        (new ReceiveProgressed(1, 2, 3.9, TimeSpan.FromSeconds(4.2)), """{"type":"progress","bytes":1,"totalBytes":2,"bytesPerSecond":3,"secondsLeft":4}"""),
        (new Reconnecting("0123456789", "The connection was lost.", 1, TimeSpan.FromSeconds(0.5)), """{"type":"reconnecting","attempt":1,"peer":"0123456789","reason":"The connection was lost.","delaySeconds":0.5}"""),
        (new ReceiveCompleted(["/in/a.txt"], 1, 2, 1, TimeSpan.FromSeconds(1.5)), """{"type":"completed","files":1,"bytes":2,"fetchedBytes":1,"seconds":1.5,"paths":["/in/a.txt"]}"""),
    }.ToDictionary(static entry => entry.Event.GetType().Name, StringComparer.Ordinal);
}
