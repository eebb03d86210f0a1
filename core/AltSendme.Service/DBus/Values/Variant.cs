namespace AltSendme.Service.DBus.Values;

/// <summary>A value that brings its type along (D-Bus specification, "Variant").</summary>
/// <param name="Signature">Its type, one complete type.</param>
/// <param name="Value">The value, as <see cref="MessageReader"/> has it.</param>
internal readonly record struct Variant(string Signature, object Value)
{
    public static implicit operator Variant(string value) => new("s", value);

    public static implicit operator Variant(bool value) => new("b", value);

    public static implicit operator Variant(byte value) => new("y", value);

    public static implicit operator Variant(int value) => new("i", value);

    public static implicit operator Variant(uint value) => new("u", value);

    public static implicit operator Variant(long value) => new("x", value);

    public static implicit operator Variant(ulong value) => new("t", value);

    public static implicit operator Variant(string[] value) => new("as", value);
}

/// <summary>The path of an object on the bus.</summary>
/// <param name="Value">Its text.</param>
internal readonly record struct ObjectPath(string Value);
