using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AltSendme.Service.DBus.Native;
using AltSendme.Service.DBus.Values;

namespace AltSendme.Service.DBus.Connection;

/// <summary>The side of a connection that touches the library. Made, run and disposed by one thread; everything native stays with it.</summary>
internal sealed class BusLoop : IDisposable
{
    /// <summary>Calls from others that may be worked on at once.</summary>
    public const int MaxCalls = 64;

    /// <summary>Answers that are waited for, before those that nobody waits for any more are forgotten.</summary>
    private const int ManyAnswers = 64;

    /// <summary>How long the library may want to be left alone while it logs in, before it is looked after.</summary>
    private const int LoginPeriodMilliseconds = 1000;

    private readonly Dictionary<ulong, nint> _calls = [];
    private readonly Dictionary<ulong, TaskCompletionSource<BusMessage>> _answers = [];
    private readonly nint _bus;
    private ulong _lastCall;

    private BusLoop(nint bus) => _bus = bus;

    /// <summary>Begins to connect; <see cref="Step"/> goes on with it.</summary>
    /// <exception cref="BusException">The address can't be used, or nobody is there.</exception>
    public static BusLoop Open(string address)
    {
        Check(SdBus.New(out var bus), "a connection can't be made");
        var loop = new BusLoop(bus);
        try
        {
            Check(SdBus.SetAddress(bus, address), "the address of the bus can't be used");
            Check(SdBus.SetBusClient(bus, 1), "no bus can be used");

            // Nobody has a reason to pass files to us.
            Check(SdBus.NegotiateDescriptors(bus, 0), "no bus can be used");
            Check(SdBus.Start(bus), "nobody listens at the address of the bus");
            return loop;
        }
        catch
        {
            loop.Dispose();
            throw;
        }
    }

    /// <summary>Our name on the bus, once we have one.</summary>
    public bool TryGetName([NotNullWhen(true)] out string? name)
    {
        name = SdBus.IsReady(_bus) > 0 && SdBus.GetUniqueName(_bus, out var text) >= 0 ? Marshal.PtrToStringUTF8(text) : null;
        return name is not null;
    }

    /// <summary>Whether everything that was sent has left.</summary>
    public bool IsFlushed => SdBus.GetQueuedWrites(_bus, out var count) < 0 || count == 0;

    /// <summary>Moves on by one step.</summary>
    /// <param name="message">What arrived for us, if something did.</param>
    /// <returns>Whether to step again before waiting.</returns>
    /// <exception cref="BusException">The bus is gone.</exception>
    public bool Step(out BusMessage? message)
    {
        message = null;
        var result = SdBus.Process(_bus, out var native);
        if (result < 0)
            throw BusException.Lost($"The bus is gone (errno {-result}).");
        if (native == 0)
            return result > 0;
        try
        {
            message = Take(native);
        }
        finally
        {
            SdBus.ReleaseMessage(native);
        }

        return true;
    }

    /// <summary>Waits until there is something to do.</summary>
    public void Wait(Poller poller, int milliseconds)
    {
        var events = SdBus.GetEvents(_bus);
        if (events < 0 || SdBus.GetTimeout(_bus, out var due) < 0)
            throw BusException.Lost("The bus is gone.");
        var longest = due == ulong.MaxValue ? -1 : due == 0 ? 0 : LoginPeriodMilliseconds;
        poller.Wait(SdBus.GetDescriptor(_bus), events, milliseconds < 0 ? longest : longest < 0 ? milliseconds : Math.Min(longest, milliseconds));
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="BusException">The bus is gone, or the message is not fit to be sent.</exception>
    public void Send(in BusOrder order)
    {
        var message = order.Message;
        if (message.CallNumber != 0)
        {
            Answer(message);
            return;
        }

        nint native;
        Check(
            message.Type == BusMessageType.Call
                ? SdBus.NewCall(_bus, out native, message.Destination, message.Path!, message.Interface, message.Member!)
                : SdBus.NewSignal(_bus, out native, message.Path!, message.Interface!, message.Member!),
            "a message can't be made");
        var cookie = Post(native, message);
        if (order.Answer is not { } answer)
            return;
        if (_answers.Count >= ManyAnswers)
        {
            foreach (var (forgotten, _) in _answers.Where(static pair => pair.Value.Task.IsCompleted).ToArray())
                _answers.Remove(forgotten);
        }

        _answers[cookie] = answer;
    }

    /// <summary>Ends the connection; whoever waits for an answer learns it.</summary>
    public void Dispose()
    {
        foreach (var call in _calls.Values)
            SdBus.ReleaseMessage(call);
        _calls.Clear();
        foreach (var answer in _answers.Values)
            answer.TrySetException(BusException.Lost("The bus is gone."));
        _answers.Clear();
        SdBus.Close(_bus);
        SdBus.Release(_bus);
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
            throw new BusException(BusErrors.Failed, $"{what} (errno {-result})");
    }

    private static string? Text(nint text) => Marshal.PtrToStringUTF8(text);

    private BusMessage? Take(nint native)
    {
        Check(SdBus.GetMessageType(native, out var type), "a message can't be read");
        return (BusMessageType)type switch
        {
            BusMessageType.Call => TakeCall(native),
            BusMessageType.Return or BusMessageType.Error => TakeAnswer(native, (BusMessageType)type),
            BusMessageType.Signal => Read(native, BusMessageType.Signal),
            _ => null,
        };
    }

    private BusMessage? TakeCall(nint native)
    {
        var message = Read(native, BusMessageType.Call);
        if (SdBus.ExpectsReply(native) <= 0)
            return message;
        if (_calls.Count >= MaxCalls)
        {
            PostError(native, BusErrors.LimitsExceeded, $"{MaxCalls} calls are being worked on. Try again when one has ended.");
            return null;
        }

        // Held until it is answered.
        var number = ++_lastCall;
        _calls[number] = SdBus.AddReference(native);
        return message with { CallNumber = number };
    }

    private BusMessage? TakeAnswer(nint native, BusMessageType type)
    {
        if (SdBus.GetReplyCookie(native, out var cookie) < 0 || !_answers.Remove(cookie, out var answer))
            return null;
        var message = Read(native, type);
        if (message.Unreadable is { } reason)
            answer.TrySetException(new BusException(BusErrors.Failed, reason));
        else if (type == BusMessageType.Error)
            answer.TrySetException(new BusException(message.ErrorName ?? BusErrors.Failed, message.ErrorText));
        else
            answer.TrySetResult(message);
        return null;
    }

    private static unsafe BusMessage Read(nint native, BusMessageType type)
    {
        var isRead = MessageReader.TryRead(native, out var body, out var reason);
        return new BusMessage
        {
            Type = type,
            Sender = Text(SdBus.GetSender(native)),
            Path = Text(SdBus.GetPath(native)),
            Interface = Text(SdBus.GetInterface(native)),
            Member = Text(SdBus.GetMember(native)),
            Signature = Text(SdBus.GetSignature(native, 1)) ?? "",
            Body = body ?? [],
            Unreadable = isRead ? null : reason,
            ErrorName = type == BusMessageType.Error && SdBus.GetError(native) is var error && error is not null ? Text(error->Name) : null,
        };
    }

    private void Answer(BusMessage message)
    {
        if (!_calls.Remove(message.CallNumber, out var call))
            return;
        try
        {
            if (message.Type == BusMessageType.Error)
            {
                PostError(call, message.ErrorName!, message.ErrorText);
                return;
            }

            Check(SdBus.NewReturn(call, out var native), "an answer can't be made");
            Post(native, message);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidCastException or FormatException)
        {
            // Whoever called must not wait for ever for a fault of ours.
            PostError(call, BusErrors.Failed, $"The answer can't be sent: {exception.Message} This is a fault in the program; please report it.");
        }
        finally
        {
            SdBus.ReleaseMessage(call);
        }
    }

    private unsafe void PostError(nint call, string name, string words)
    {
        var nameText = Marshal.StringToCoTaskMemUTF8(name);
        var wordsText = Marshal.StringToCoTaskMemUTF8(words);
        try
        {
            Check(SdBus.NewError(call, out var native, new SdBus.NativeError { Name = nameText, Message = wordsText }), "an error can't be made");
            Post(native, null);
        }
        finally
        {
            Marshal.FreeCoTaskMem(nameText);
            Marshal.FreeCoTaskMem(wordsText);
        }
    }

    private ulong Post(nint native, BusMessage? values)
    {
        try
        {
            if (values is not null)
                new MessageWriter(native).Write(values.Signature, values.Body);
            Check(SdBus.Send(_bus, native, out var cookie), "a message can't be sent");
            return cookie;
        }
        finally
        {
            SdBus.ReleaseMessage(native);
        }
    }
}
