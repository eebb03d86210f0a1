using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Core.Progress;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Rendering;

/// <summary>Writes one JSON object a line for scripts. The names are part of the command's interface (docs/cli.md): members are added, never renamed.</summary>
internal sealed class JsonView(Stream output) : ITransferView
{
    private const int MaxPreviewFiles = 100_000;

    // One line at a time, whatever thread an event comes from.
    private readonly Lock _line = new();
    private readonly Utf8JsonWriter _writer = new(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Report(TransferEvent value)
    {
        lock (_line)
        {
            _writer.Reset();
            _writer.WriteStartObject();
            Write(value);
            EndLine();
        }
    }

    /// <summary>The line of a share that the background service makes: a ticket, with the share's id.</summary>
    public void Shared(ShareView share)
    {
        lock (_line)
        {
            _writer.Reset();
            _writer.WriteStartObject();
            Begin("ticket", ("files", share.Files ?? 0), ("bytes", share.Bytes ?? 0));
            _writer.WriteString("ticket", share.Ticket);
            _writer.WriteString("name", share.Name);
            _writer.WriteString("hash", share.Hash);
            _writer.WriteString("ticketType", share.TicketType?.ToString().ToLowerInvariant());
            if (share.Relay is not null)
                _writer.WriteString("relay", share.Relay);
            _writer.WriteStartArray("addresses");
            foreach (var address in share.Addresses)
                _writer.WriteStringValue(address);
            _writer.WriteEndArray();
            _writer.WriteStartArray("discovery");
            foreach (var service in share.Discovery)
                _writer.WriteStringValue(service);
            _writer.WriteEndArray();
            _writer.WriteString("share", share.Id);
            EndLine();
        }
    }

    /// <summary>The last line of a run that failed.</summary>
    public void Error(string code, string message, int exitCode)
    {
        lock (_line)
        {
            _writer.Reset();
            _writer.WriteStartObject();
            _writer.WriteString("type", "error");
            _writer.WriteString("code", code);
            _writer.WriteString("message", message);
            _writer.WriteNumber("exitCode", exitCode);
            EndLine();
        }
    }

    // Every line is written out at once, and an error may be the last one after a transfer's end: there is nothing to end.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void EndLine()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private void Write(TransferEvent value)
    {
        switch (value)
        {
            case ImportProgressed e:
                Begin("import-progress", ("bytes", e.Bytes), ("totalBytes", e.TotalBytes));
                break;
            case SourceSkipped e:
                Begin("skipped");
                _writer.WriteString("path", e.Path);
                _writer.WriteString("reason", e.Reason);
                break;
            case ShareReady e:
                Begin("ticket", ("files", e.Files), ("bytes", e.Bytes));
                _writer.WriteString("ticket", e.Text);
                _writer.WriteString("name", e.Name);
                _writer.WriteString("hash", e.Hash);
                _writer.WriteString("ticketType", e.Form.ToString().ToLowerInvariant());
                if (e.Relay is not null)
                    _writer.WriteString("relay", e.Relay.AbsoluteUri);
                _writer.WriteStartArray("addresses");
                foreach (var address in e.Addresses)
                    _writer.WriteStringValue(address.ToString());
                _writer.WriteEndArray();
                _writer.WriteStartArray("discovery");
                foreach (var service in e.Discovery)
                    _writer.WriteStringValue(service);
                _writer.WriteEndArray();
                break;
            case RelayTrouble e:
                Begin("relay-trouble");
                _writer.WriteString("relay", e.Relay.AbsoluteUri);
                _writer.WriteString("reason", e.Reason);
                break;
            case AnnouncementFailed e:
                Begin("announcement-failed");
                _writer.WriteString("service", e.Service);
                _writer.WriteString("reason", e.Reason);
                break;
            case ReceiverConnected e:
                Begin("receiver-connected", ("receiver", e.Receiver));
                _writer.WriteString("peer", e.Peer);
                Write(e.Path);
                break;
            case ReceiverProgressed e:
                Begin("receiver-progress", ("receiver", e.Receiver), ("bytes", e.Bytes), ("totalBytes", e.TotalBytes), ("bytesPerSecond", (long)e.BytesPerSecond));
                _writer.WriteString("peer", e.Peer);
                break;
            case ReceiverCompleted e:
                Begin("receiver-completed", ("receiver", e.Receiver), ("bytes", e.Bytes));
                _writer.WriteString("peer", e.Peer);
                _writer.WriteNumber("seconds", e.Elapsed.TotalSeconds);
                break;
            case ReceiverLeft e:
                Begin("receiver-left", ("receiver", e.Receiver), ("bytes", e.Bytes));
                _writer.WriteString("peer", e.Peer);
                _writer.WriteString("reason", e.Reason);
                break;
            case RequestRefused e:
                Begin("request-refused", ("receiver", e.Receiver));
                _writer.WriteString("peer", e.Peer);
                _writer.WriteString("reason", e.Reason);
                break;
            default:
                WriteReceiving(value);
                break;
        }
    }

    private void WriteReceiving(TransferEvent value)
    {
        switch (value)
        {
            case Connecting e:
                Begin("connecting");
                _writer.WriteString("peer", e.Peer);
                _writer.WriteStartArray("candidates");
                foreach (var candidate in e.Candidates)
                {
                    _writer.WriteStartObject();
                    _writer.WriteString("address", candidate.Address.ToString());
                    _writer.WriteString("source", candidate.Source.Name);
                    _writer.WriteEndObject();
                }

                _writer.WriteEndArray();
                break;
            case Found e:
                Begin("found");
                _writer.WriteString("peer", e.Peer);
                _writer.WriteString("address", e.Candidate.Address.ToString());
                _writer.WriteString("source", e.Candidate.Source.Name);
                break;
            case Connected e:
                Begin("connected");
                _writer.WriteString("peer", e.Peer);
                Write(e.Path);
                break;
            case PathChanged e:
                Begin("path-changed");
                if (e.Receiver is { } receiver)
                    _writer.WriteNumber("receiver", receiver);
                _writer.WriteString("peer", e.Peer);
                Write(e.Path);
                break;
            case SenderPreviewed e:
                Begin("sender-preview", ("items", e.Preview.ItemCount), ("bytes", e.Preview.Bytes));
                _writer.WriteString("peer", e.Peer);
                Write(e.Preview.Name, e.Preview.MimeType, e.Preview.Thumbnail);
                _writer.WriteStartArray("names");
                foreach (var item in e.Preview.Items)
                {
                    _writer.WriteStartObject();
                    _writer.WriteNumber("bytes", item.Bytes);
                    Write(item.Name, item.MimeType, item.Thumbnail);
                    _writer.WriteEndObject();
                }

                _writer.WriteEndArray();
                break;
            case SenderDropped e:
                Begin("sender-dropped");
                _writer.WriteString("peer", e.Peer);
                _writer.WriteString("reason", e.Reason);
                break;
            case PreviewDiffers e:
                Begin("preview-differs", ("statedBytes", e.StatedBytes), ("bytes", e.Bytes));
                _writer.WriteString("peer", e.Peer);
                break;
            case PreviewReady e:
                Begin("preview", ("files", e.Files.Count), ("bytes", e.Bytes), ("presentBytes", e.PresentBytes));
                _writer.WriteStartArray("names");
                foreach (var file in e.Files.Take(MaxPreviewFiles))
                {
                    _writer.WriteStartObject();
                    _writer.WriteString("name", file.Name);
                    _writer.WriteNumber("bytes", file.Bytes);
                    _writer.WriteEndObject();
                }

                _writer.WriteEndArray();
                break;
            case NameChanged e:
                Begin("name-changed");
                _writer.WriteString("from", e.From);
                _writer.WriteString("to", e.To);
                break;
            case ReceiveProgressed e:
                Begin("progress", ("bytes", e.Bytes), ("totalBytes", e.TotalBytes), ("bytesPerSecond", (long)e.BytesPerSecond));
                if (e.Remaining is { } remaining)
                    _writer.WriteNumber("secondsLeft", (long)remaining.TotalSeconds);
                break;
            case Reconnecting e:
                Begin("reconnecting", ("attempt", e.Attempt));
                _writer.WriteString("peer", e.Peer);
                _writer.WriteString("reason", e.Reason);
                _writer.WriteNumber("delaySeconds", e.Delay.TotalSeconds);
                break;
            case ReceiveCompleted e:
                Begin("completed", ("files", e.Files), ("bytes", e.Bytes), ("fetchedBytes", e.FetchedBytes));
                _writer.WriteNumber("seconds", e.Elapsed.TotalSeconds);
                _writer.WriteStartArray("paths");
                foreach (var path in e.Paths)
                    _writer.WriteStringValue(path);
                _writer.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"{value.GetType().Name} has no JSON form.");
        }
    }

    private void Begin(string type, params ReadOnlySpan<(string Name, long Value)> numbers)
    {
        _writer.WriteString("type", type);
        foreach (var (name, value) in numbers)
            _writer.WriteNumber(name, value);
    }

    private void Write(string name, string? mimeType, string? thumbnail)
    {
        _writer.WriteString("name", name);
        if (mimeType is not null)
            _writer.WriteString("mimeType", mimeType);
        if (thumbnail is not null)
            _writer.WriteString("thumbnail", thumbnail);
    }

    private void Write(ConnectionPath path)
    {
        _writer.WriteString("path", path.Kind.ToString().ToLowerInvariant());
        _writer.WriteString("address", path.Remote.ToString());
        if (path.RoundTripTime is { } roundTrip)
            _writer.WriteNumber("roundTripMilliseconds", roundTrip.TotalMilliseconds);
    }
}
