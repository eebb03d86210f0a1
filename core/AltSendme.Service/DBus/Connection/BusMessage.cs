namespace AltSendme.Service.DBus.Connection;

/// <summary>Kinds of messages, as the wire numbers them (D-Bus specification, "Message Format").</summary>
internal enum BusMessageType : byte
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>A call that may want an answer.</summary>
    Call,

    /// <summary>The answer.</summary>
    Return,

    /// <summary>The answer, when it could not be done.</summary>
    Error,

    /// <summary>Tells whoever listens.</summary>
    Signal,
}

/// <summary>A message with its values, free of the library that carried it.</summary>
internal sealed record BusMessage
{
    public required BusMessageType Type { get; init; }

    /// <summary>Whom it is for: a name on the bus.</summary>
    public string? Destination { get; init; }

    /// <summary>Who sent it: the unique name, which the bus itself vouches for.</summary>
    public string? Sender { get; init; }

    public string? Path { get; init; }

    public string? Interface { get; init; }

    public string? Member { get; init; }

    public string Signature { get; init; } = "";

    public IReadOnlyList<object> Body { get; init; } = [];

    /// <summary>Name of an <see cref="BusMessageType.Error"/>.</summary>
    public string? ErrorName { get; init; }

    /// <summary>Number of a call of somebody who waits for the answer; 0 otherwise.</summary>
    public ulong CallNumber { get; init; }

    /// <summary>Why the values of a call were not read, in words.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The words of an error.</summary>
    public string ErrorText => Body is [string text, ..] ? text : ErrorName ?? "";

    /// <summary>A call to somebody.</summary>
    public static BusMessage Call(string destination, string path, string interfaceName, string member, string signature = "", params object[] body) =>
        new() { Type = BusMessageType.Call, Destination = destination, Path = path, Interface = interfaceName, Member = member, Signature = signature, Body = body };

    /// <summary>A signal to all who listen.</summary>
    public static BusMessage Signal(string path, string interfaceName, string member, string signature, params object[] body) =>
        new() { Type = BusMessageType.Signal, Path = path, Interface = interfaceName, Member = member, Signature = signature, Body = body };
}
