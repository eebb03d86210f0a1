using System.Security.Authentication;
using System.Threading.Channels;
using AltSendme.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using IConnection = RabbitMQ.Client.IConnection;

namespace AltSendme.Relays.Broker;

/// <summary>
/// One connection to a broker, until it breaks. This side has a queue there, which goes with the connection and is bound to its id; what is sent to an id without a queue is returned, and so tells that the
/// peer is gone.
/// </summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    /// <summary>Messages that the broker hands out before one is acknowledged: the window of a slow receiver.</summary>
    public const ushort Window = 128;

    /// <summary>Messages that wait at the broker for one receiver. Beyond it the oldest are dropped.</summary>
    public const int MaxQueued = 512;

    // Every virtual host has this exchange, so that users need no right to make one.
    private const string Exchange = "amq.direct";
    private const int AcknowledgedAtOnce = Window / 4;
    private const int NotAllowed = 530;
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, object?> QueueLimits = new()
    {
        ["x-max-length"] = MaxQueued,
        ["x-max-length-bytes"] = 8 * 1024 * 1024,
        ["x-overflow"] = "drop-head",
        ["x-message-ttl"] = 10_000,
    };

    private static readonly BasicProperties Transient = new() { DeliveryMode = DeliveryModes.Transient };

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly ChannelWriter<BrokerDelivery> _incoming;
    private readonly TaskCompletionSource<(ushort Code, string Reason)> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _lastTag;        // touched by the one receiver only
    private int _unacknowledged;   // likewise

    private BrokerSession(IConnection connection, IChannel channel, Channel<BrokerDelivery> incoming)
    {
        (_connection, _channel, _incoming) = (connection, channel, incoming.Writer);
        connection.ConnectionShutdownAsync += (_, e) => EndAsync(e.ReplyCode, e.ReplyText);
        channel.ChannelShutdownAsync += (_, e) => EndAsync(e.ReplyCode, e.ReplyText);
        channel.BasicReturnAsync += (_, returned) =>
        {
            // There may be any number of these; they leave room for what peers send.
            if (incoming.Reader.Count < Window && BrokerMessage.TryReadRoutingKey(returned.RoutingKey, out var peer))
                _incoming.TryWrite(new BrokerDelivery(this, Gone: peer));
            return Task.CompletedTask;
        };
    }

    /// <exception cref="BrokerRefusedException">The broker knows us, and says no.</exception>
    /// <exception cref="BrokerLostException">It can't be reached.</exception>
    public static async Task<BrokerSession> OpenAsync(ConnectionFactory factory, EndpointId self, Channel<BrokerDelivery> incoming, CancellationToken cancellationToken)
    {
        IConnection? connection = null;
        try
        {
            connection = await factory.CreateConnectionAsync(cancellationToken);
            var session = new BrokerSession(connection, await connection.CreateChannelAsync(cancellationToken: cancellationToken), incoming);
            await session.SubscribeAsync(self, cancellationToken);
            return session;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (connection is not null)
                await connection.AbortAsync(CloseLimit);
            throw Explain(factory, exception);
        }
    }

    /// <summary>Sends what is queued until the connection ends.</summary>
    /// <exception cref="BrokerRefusedException">The user lacks a right.</exception>
    /// <exception cref="BrokerLostException">It has ended.</exception>
    public async Task RunAsync(ChannelReader<(EndpointId Peer, byte[] Message)> outgoing, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or when the connection has ended.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(outgoing, stop.Token);
        await Task.WhenAny(sending, _ended.Task);
        await stop.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        var (host, (code, reason)) = (_connection.Endpoint.HostName, _ended.Task.IsCompleted ? await _ended.Task : (default, "it broke"));
        throw code == Constants.AccessRefused ? new BrokerRefusedException($"{host} does not let this user in: {reason}") : new BrokerLostException($"the connection to {host} was lost: {reason}");
    }

    /// <summary>Says that a delivery was taken, so that the broker gives another. Several at a time, yet none is left over while the receiver waits.</summary>
    public async ValueTask AcknowledgeAsync(BrokerDelivery delivery, bool isLast, CancellationToken cancellationToken)
    {
        if (delivery.Message is not null)
            (_lastTag, _unacknowledged) = (delivery.Tag, _unacknowledged + 1);
        if (_unacknowledged == 0 || (_unacknowledged < AcknowledgedAtOnce && !isLast))
            return;
        try
        {
            await _channel.BasicAckAsync(_lastTag, multiple: true, cancellationToken);
            _unacknowledged = 0;
        }
        catch (Exception exception) when (exception is OperationInterruptedException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection has ended, and its queue with it; or the receiver gives up, and the next one says it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.AbortAsync(CloseLimit);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static Exception Explain(ConnectionFactory factory, Exception exception)
    {
        var (host, cause) = (factory.HostName, exception.GetBaseException());
        return exception is BrokerUnreachableException { InnerException: AuthenticationFailureException }
            ? new BrokerRefusedException($"{host} does not accept the name or the password", exception)
            : cause is OperationInterruptedException { ShutdownReason: { ReplyCode: NotAllowed or Constants.AccessRefused, ReplyText: var text } }
            ? new BrokerRefusedException($"{host} does not let this user in: {text}", exception)
            : new BrokerLostException(cause is AuthenticationException ? $"the certificate of {host} is not trusted, or is for another name" : $"{host} can't be reached: {cause.Message}", exception);
    }

    private async Task SubscribeAsync(EndpointId self, CancellationToken cancellationToken)
    {
        // The broker names the queue, so that one left over from a connection that it still believes in is not in the way.
        var queue = await _channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, QueueLimits, cancellationToken: cancellationToken);
        await _channel.QueueBindAsync(queue.QueueName, Exchange, BrokerMessage.RoutingKey(self), cancellationToken: cancellationToken);
        await _channel.BasicQosAsync(0, Window, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.UnregisteredAsync += (_, _) => EndAsync(0, "the queue was removed");
        consumer.ReceivedAsync += (_, message) =>
        {
            // The window bounds how many there are; the body is the library's again after this call.
            _incoming.TryWrite(new BrokerDelivery(this, message.DeliveryTag, message.Body.ToArray()));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, autoAck: false, consumer, cancellationToken);
    }

    private async Task SendAsync(ChannelReader<(EndpointId Peer, byte[] Message)> outgoing, CancellationToken cancellationToken)
    {
        await foreach (var (peer, message) in outgoing.ReadAllAsync(cancellationToken))
            await _channel.BasicPublishAsync(Exchange, BrokerMessage.RoutingKey(peer), mandatory: true, Transient, message, cancellationToken);
    }

    private Task EndAsync(ushort code, string reason)
    {
        _ended.TrySetResult((code, reason));
        return Task.CompletedTask;
    }
}
