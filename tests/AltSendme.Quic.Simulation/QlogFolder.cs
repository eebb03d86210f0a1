using System.Buffers;
using System.IO;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Qlog;

namespace AltSendme.Quic.Simulation;

/// <summary>Where simulated connections leave their qlogs: the folder that <c>ALTSENDME_QLOG</c> names, nowhere without it. Files are named by seed, order and end, and are written when the network is disposed; in the form for qvis when <c>ALTSENDME_QLOG_FORMAT</c> is <c>0.3</c>.</summary>
internal sealed class QlogFolder(ulong seed) : IDisposable
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "ALTSENDME_QLOG";

    /// <summary>The variable that chooses the form.</summary>
    public const string FormatVariable = "ALTSENDME_QLOG_FORMAT";

    private static readonly QlogFormat Format = Environment.GetEnvironmentVariable(FormatVariable) == "0.3" ? QlogFormat.Version03 : QlogFormat.Current;

    private readonly string? _folder = Environment.GetEnvironmentVariable(Variable);
    private readonly List<(string Name, ArrayBufferWriter<byte> Log, QlogWriter Writer)> _logs = [];

    /// <summary>Options that log, unless they watch the connection already.</summary>
    public ConnectionOptions Watch(ConnectionOptions options) => _folder is null || options.Observe is not null ? options : options with { Observe = Begin };

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (name, log, writer) in _logs)
        {
            writer.Dispose();
            Directory.CreateDirectory(_folder!);
            using var file = File.Create(System.IO.Path.Combine(_folder!, name));
            file.Write(log.WrittenSpan);
        }
    }

    private QlogWriter Begin(Side side, ConnectionId id, Instant now)
    {
        var log = new ArrayBufferWriter<byte>();
        var writer = new QlogWriter(log, Format, side, id.ToString(), now, DateTimeOffset.UnixEpoch.AddMicroseconds(now.Microseconds));
        _logs.Add(($"seed{seed}-{_logs.Count}-{id}-{(side == Side.Client ? "client" : "server")}.sqlog", log, writer));
        return writer;
    }
}
