using AltSendme.Service.DBus.Connection;

namespace AltSendme.Service.DBus.Objects;

/// <summary>An interface of an object on the bus: what introspection tells, and what answers.</summary>
/// <param name="Name">Its name, with its version.</param>
/// <param name="Methods">What can be called.</param>
/// <param name="Signals">What it tells.</param>
/// <param name="Properties">What can be read.</param>
internal sealed record BusInterface(string Name, IReadOnlyList<BusMethod> Methods, IReadOnlyList<BusSignal> Signals, IReadOnlyList<BusProperty> Properties);

/// <summary>A named value of a method or signal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signature">Its type.</param>
internal sealed record BusArgument(string Name, string Signature);

/// <summary>A method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In">What it is given.</param>
/// <param name="Out">What it answers.</param>
/// <param name="InvokeAsync">Does it. The call's values have the types of <paramref name="In"/>.</param>
internal sealed record BusMethod(string Name, IReadOnlyList<BusArgument> In, IReadOnlyList<BusArgument> Out, Func<BusMessage, CancellationToken, Task<object[]>> InvokeAsync)
{
    /// <summary>The types of what it is given.</summary>
    public string InSignature { get; } = string.Concat(In.Select(static argument => argument.Signature));

    /// <summary>The types of what it answers.</summary>
    public string OutSignature { get; } = string.Concat(Out.Select(static argument => argument.Signature));
}

/// <summary>A signal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">What it tells.</param>
internal sealed record BusSignal(string Name, IReadOnlyList<BusArgument> Arguments)
{
    /// <summary>The types of what it tells.</summary>
    public string Signature { get; } = string.Concat(Arguments.Select(static argument => argument.Signature));
}

/// <summary>A property that can be read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signature">Its type.</param>
/// <param name="IsConstant">Whether it never changes; otherwise <c>PropertiesChanged</c> tells.</param>
/// <param name="Get">Reads it.</param>
internal sealed record BusProperty(string Name, string Signature, bool IsConstant, Func<object> Get);
