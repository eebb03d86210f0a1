using AltSendme.Service.DBus.Native;

namespace AltSendme.Service.DBus.Connection;

/// <summary>
/// A connection to a bus. A thread of its own owns it; others hand messages to that thread and await answers. What arrives for us is told on that thread, which therefore must not be kept.
/// Whoever opens it disposes it.
/// </summary>
internal sealed class BusConnection : IAsyncDisposable
{
    /// <summary>The bus itself, as somebody to be called.</summary>
    public const string Driver = "org.freedesktop.DBus";

    /// <summary>Its object.</summary>
    public const string DriverPath = "/org/freedesktop/DBus";

    // What is read nests 64 deep at most.
    private const int StackBytes = 256 << 10;
    private const int MaxOrders = 4096;
    private const int FlushPeriodMilliseconds = 20;
    private const int MaxFlushPeriods = 50;

    private readonly string _address;
    private readonly Action<BusConnection, BusMessage> _received;
    private readonly Poller _poller = new();
    private readonly TaskCompletionSource<string> _named = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards the three below.
    private readonly Lock _gate = new();
    private readonly Queue<BusOrder> _orders = new();
    private bool _isEnding;
    private bool _isClosed;

    private BusConnection(string address, Action<BusConnection, BusMessage> received)
    {
        (_address, _received) = (address, received);
        new Thread(Run, StackBytes) { Name = "session bus", IsBackground = true }.Start();
    }

    /// <summary>Completes when the connection has ended, by us or by the bus.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Connects and logs in.</summary>
    /// <param name="address">Where the bus is, in the form of the D-Bus specification.</param>
    /// <param name="received">Takes calls and signals, and returns at once.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="BusException">There is no bus, or it does not let us in.</exception>
    public static async Task<BusConnection> OpenAsync(string address, Action<BusConnection, BusMessage> received, CancellationToken cancellationToken)
    {
        if (!SdBusLibrary.IsAvailable)
            throw new BusException(BusErrors.Failed, "This system has no sd-bus (libsystemd, libelogind or libbasu)");
        var connection = new BusConnection(address, received);
        try
        {
            await connection._named.Task.WaitAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls somebody and awaits the answer.</summary>
    /// <exception cref="BusException">The answer is an error, or the bus is gone.</exception>
    public async Task<BusMessage> CallAsync(BusMessage call, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<BusMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new BusOrder(call, answer));
        await using var registration = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        return await answer.Task;
    }

    /// <summary>Sends what needs no answer.</summary>
    /// <exception cref="BusException">The bus is gone.</exception>
    public void Send(BusMessage message) => Add(new BusOrder(message, null));

    /// <summary>Answers a call.</summary>
    public void Answer(BusMessage call, string signature, params object[] body)
    {
        if (call.CallNumber != 0)
            Send(new BusMessage { Type = BusMessageType.Return, CallNumber = call.CallNumber, Signature = signature, Body = body });
    }

    /// <summary>Answers a call with an error.</summary>
    public void Refuse(BusMessage call, string name, string words)
    {
        if (call.CallNumber != 0)
            Send(new BusMessage { Type = BusMessageType.Error, CallNumber = call.CallNumber, ErrorName = name, Signature = "s", Body = [words] });
    }

    /// <summary>Sends what is left, for a second at most, and ends the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isEnding = true;
            if (!_isClosed)
                _poller.Wake();
        }

        await _ended.Task;
    }

    private void Add(BusOrder order)
    {
        lock (_gate)
        {
            if (_isClosed || _orders.Count >= MaxOrders)
                throw BusException.Lost(_isClosed ? "The bus is gone." : "The bus takes nothing any more.");
            _orders.Enqueue(order);
            _poller.Wake();
        }
    }

    private void Run()
    {
        try
        {
            using var loop = BusLoop.Open(_address);
            Serve(loop);
        }
        catch (Exception exception)
        {
            // Whoever opens it waits for the name; later, whoever sends learns that it is over. Nothing that comes over the bus may end the process.
            _named.TrySetException(exception is BusException ? exception : new BusException(BusErrors.Failed, exception.Message));
        }

        Close();
    }

    private void Serve(BusLoop loop)
    {
        var periods = 0;
        while (true)
        {
            SendAll(loop);
            var again = loop.Step(out var message);
            if (!_named.Task.IsCompleted && loop.TryGetName(out var name))
                _named.TrySetResult(name);
            if (message is not null)
                _received(this, message);
            if (again)
                continue;
            if (!HasNone())
                continue;
            var isEnding = IsEnding();
            if (isEnding && (loop.IsFlushed || ++periods > MaxFlushPeriods))
                return;
            loop.Wait(_poller, isEnding ? FlushPeriodMilliseconds : Timeout.Infinite);
        }
    }

    private void SendAll(BusLoop loop)
    {
        while (TryTake(out var order))
        {
            try
            {
                loop.Send(order);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidCastException or FormatException or BusException)
            {
                // A message of ours that can't be sent ends its own call, not the connection.
                order.Answer?.TrySetException(exception);
            }
        }
    }

    private bool TryTake(out BusOrder order)
    {
        lock (_gate)
            return _orders.TryDequeue(out order);
    }

    private bool HasNone()
    {
        lock (_gate)
            return _orders.Count == 0;
    }

    private bool IsEnding()
    {
        lock (_gate)
            return _isEnding;
    }

    private void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var order in _orders)
                order.Answer?.TrySetException(BusException.Lost("The bus is gone."));
            _orders.Clear();
            _poller.Dispose();
        }

        _ended.TrySetResult();
    }
}
