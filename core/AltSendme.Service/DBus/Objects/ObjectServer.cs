using System.Globalization;
using AltSendme.Abstractions;
using AltSendme.Service.DBus.Connection;
using AltSendme.Service.DBus.Values;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.DBus.Objects;

/// <summary>
/// Answers calls to one object: its own interface, its properties, its description. Each call is a task of its own, so that a slow one keeps none waiting; <see cref="DisposeAsync"/> awaits them.
/// </summary>
internal sealed partial class ObjectServer(string path, BusInterface own, uint user, ILogger logger) : IAsyncDisposable
{
    private const string Introspectable = "org.freedesktop.DBus.Introspectable";
    private const string Properties = "org.freedesktop.DBus.Properties";

    /// <summary>How long calls that are being worked on may go on when the service ends.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    /// <summary>Calls that are worked on at once, those that nobody awaits the answer of included; the connection refuses the others before.</summary>
    private const int MaxRunning = 2 * BusLoop.MaxCalls;

    private readonly CancellationTokenSource _stop = new();   // cancelled by DisposeAsync only

    // Guards the set.
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Takes a call; its answer follows. Returns at once.</summary>
    public void Take(BusConnection connection, BusMessage call)
    {
        lock (_gate)
        {
            if (_running.Count >= MaxRunning)
            {
                TryRefuse(connection, call, BusErrors.LimitsExceeded, $"{MaxRunning} calls are being worked on. Try again when one has ended.");
                return;
            }

            var task = Task.Run(() => AnswerAsync(connection, call, _stop.Token));
            _running.Add(task);
            _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_gate)
            running = [.. _running];
        await Task.WhenAll(running).WaitAsync(EndLimit, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Forget(Task task)
    {
        lock (_gate)
            _running.Remove(task);
    }

    private async Task AnswerAsync(BusConnection connection, BusMessage call, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsAllowedAsync(connection, call, cancellationToken))
                connection.Refuse(call, BusErrors.AccessDenied, "Only the user whose service this is may use it.");
            else if (call.Unreadable is { } reason)
                connection.Refuse(call, BusErrors.LimitsExceeded, reason);
            else if (call.Path != path)
                AnswerElsewhere(connection, call);
            else
                await AnswerHereAsync(connection, call, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            TryRefuse(connection, call, BusErrors.Failed, "The service is ending. Try again: it is started again.");
        }
        catch (AltSendmeException exception)
        {
            TryRefuse(connection, call, ErrorNames.Of(exception.Code), exception.Message);
        }
        catch (BusException)
        {
            // The bus is gone, and whoever called with it.
        }
        catch (Exception exception)
        {
            LogFault(logger, call.Member ?? "", exception);
            TryRefuse(connection, call, ErrorNames.Of("unexpected"), $"Unexpected: {exception.Message} This is a fault in the program; please report it.");
        }
    }

    /// <summary>A session's bus lets in its own user only, but not every bus has to be one.</summary>
    private async Task<bool> IsAllowedAsync(BusConnection connection, BusMessage call, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await connection.CallAsync(BusMessage.Call(BusConnection.Driver, BusConnection.DriverPath, BusConnection.Driver, "GetConnectionUnixUser", "s", call.Sender ?? ""), cancellationToken);
            return answer.Body is [uint caller] && (caller == user || caller == 0);
        }
        catch (BusException)
        {
            return false;
        }
    }

    private void AnswerElsewhere(BusConnection connection, BusMessage call)
    {
        var parent = call.Path == "/" ? "/" : call.Path + "/";
        if (path.StartsWith(parent, StringComparison.Ordinal) && call is { Interface: Introspectable or null, Member: "Introspect", Signature: "" })
            connection.Answer(call, "s", IntrospectionXml.Parent(path[parent.Length..].Split('/')[0]));
        else
            connection.Refuse(call, BusErrors.UnknownObject, $"There is no object {call.Path}; there is {path}.");
    }

    private async Task AnswerHereAsync(BusConnection connection, BusMessage call, CancellationToken cancellationToken)
    {
        switch (call.Interface)
        {
            case Introspectable when call is { Member: "Introspect", Signature: "" }:
                connection.Answer(call, "s", IntrospectionXml.Of(own));
                return;
            case Properties:
                AnswerProperties(connection, call);
                return;
            case null when own.Methods.All(method => method.Name != call.Member):
            case not null when call.Interface != own.Name:
                connection.Refuse(call, call.Interface is null ? BusErrors.UnknownMethod : BusErrors.UnknownInterface, $"There is no {call.Interface}.{call.Member} here; there is {own.Name}.");
                return;
        }

        if (own.Methods.FirstOrDefault(method => method.Name == call.Member) is not { } method)
            connection.Refuse(call, BusErrors.UnknownMethod, $"{own.Name} has no method {call.Member}.");
        else if (method.InSignature != call.Signature)
            connection.Refuse(call, BusErrors.InvalidArgs, $"{call.Member} takes ({method.InSignature}), not ({call.Signature}).");
        else
            connection.Answer(call, method.OutSignature, await method.InvokeAsync(call, cancellationToken));
    }

    private void AnswerProperties(BusConnection connection, BusMessage call)
    {
        switch (call)
        {
            case { Member: "GetAll", Signature: "s", Body: [string name] } when name == own.Name || name.Length == 0:
                connection.Answer(call, "a{sv}", own.Properties.ToDictionary(static property => property.Name, static property => new Variant(property.Signature, property.Get())));
                return;
            case { Member: "Get", Signature: "ss", Body: [string name, string wanted] } when (name == own.Name || name.Length == 0) && own.Properties.FirstOrDefault(property => property.Name == wanted) is { } property:
                connection.Answer(call, "v", new Variant(property.Signature, property.Get()));
                return;
            case { Member: "GetAll", Signature: "s" }:
                connection.Refuse(call, BusErrors.UnknownInterface, $"There are no properties but those of {own.Name}.");
                return;
            case { Member: "Get", Signature: "ss" }:
                connection.Refuse(call, BusErrors.UnknownProperty, $"{own.Name} has {string.Join(", ", own.Properties.Select(static property => property.Name))}.");
                return;
            case { Member: "Set", Signature: "ssv" }:
                connection.Refuse(call, BusErrors.PropertyReadOnly, "No property can be set.");
                return;
            case { Member: "Get" or "GetAll" or "Set" }:
                connection.Refuse(call, BusErrors.InvalidArgs, string.Create(CultureInfo.InvariantCulture, $"{call.Member} does not take ({call.Signature})."));
                return;
            default:
                connection.Refuse(call, BusErrors.UnknownMethod, $"{Properties} has no method {call.Member}.");
                return;
        }
    }

    private static void TryRefuse(BusConnection connection, BusMessage call, string name, string words)
    {
        try
        {
            connection.Refuse(call, name, words);
        }
        catch (BusException)
        {
            // The bus is gone, and whoever called with it.
        }
    }

    [LoggerMessage(7401, LogLevel.Error, "A call of {Member} over the session bus failed by a fault in the program")]
    private static partial void LogFault(ILogger logger, string member, Exception exception);
}
