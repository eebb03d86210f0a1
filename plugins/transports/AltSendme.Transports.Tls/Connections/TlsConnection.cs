using System.Diagnostics;
using AltSendme.Abstractions;
using AltSendme.DirectConnections.Streams;
using AltSendme.Transports.Tls.Multiplexing;
using AltSendme.Transports.Tls.Wire;
using Microsoft.Extensions.Logging;

namespace AltSendme.Transports.Tls.Connections;

/// <summary>
/// A connection of the TLS transport: one TLS link, a session that knows the rules, a loop that reads and a loop that writes. This file is what the application
/// sees; TlsConnection.Session.cs is what streams and loops do with the session.
/// </summary>
internal sealed partial class TlsConnection : StreamConnection
{
    private readonly AuthenticatedLink _link;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _began;
    private readonly ConnectionEnd _end = new();
    private readonly ITimer _lingering;
    private readonly ITimer _pinging;
    private Task _running = Task.CompletedTask;

    /// <summary>Takes the link over. <see cref="Start"/> sets it to work.</summary>
    internal TlsConnection(AuthenticatedLink link, Side side, TimeProvider time, ILogger logger)
        : base(link.RemoteId, link.Protocol, link.RemoteEndPoint)
    {
        _link = link;
        _time = time;
        _logger = logger;
        _session = new MuxSession(side);
        _began = time.GetTimestamp();
        _lastHeard = _began;
        _lingering = time.CreateTimer(_ => OnLingered(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pinging = time.CreateTimer(_ => OnPingTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to read and write. Called once.</summary>
    internal void Start()
    {
        Debug.Assert(_running == Task.CompletedTask, "A connection is started once.");
        _running = Task.Run(RunAsync);   // on no caller's thread or context
        _pinging.Change(TimeSpan.Zero, TransportLimits.PingInterval);
    }

    /// <summary>Ends the connection without a word.</summary>
    public override void Cut() => OnLinkFailed("The connection was given up.", null);

    /// <inheritdoc/>
    public override async ValueTask<IByteStream> OpenStreamAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(out var credited) is { } stream)
                return stream;
            await credited.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override void BeginClose(CloseCode code, string reason)
    {
        if (_end.TryCloseHere(code, reason))
            OnEndBegun();
    }

    /// <summary>Owns the loops: both end before the link is freed and before anybody hears that the connection is closed.</summary>
    private async Task RunAsync()
    {
        var sending = new SendLoop(this, _link, _end).RunAsync();
        try
        {
            await new ReceiveLoop(this, _link, _end).RunAsync();
            OnLinkFailed("The peer went away without a farewell.", null);
            await sending;
            await _link.DisposeAsync();
        }
        catch (Exception fault)
        {
            // A fault of ours or of the platform must not leave anybody waiting for the end of this connection.
            OnLinkFailed("The connection failed on this side.", fault);
        }

        await _pinging.DisposeAsync();
        await _lingering.DisposeAsync();
        var closure = _end.Closure!;
        _logger.ConnectionEnded(RemoteId.ToShortString(), closure.Initiator, closure.Code.Value, _end.Cause);
        SweepStreams(StreamFailure.ConnectionLost(closure, _end.Cause));
        OnClosed(closure);
    }
}
