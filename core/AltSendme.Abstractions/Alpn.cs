namespace AltSendme.Abstractions;

/// <summary>Name of an application protocol, as negotiated by ALPN (RFC 7301): 1 to 255 bytes of UTF-8.</summary>
public readonly record struct Alpn
{
    private const int MaxLength = 255;

    /// <summary>The iroh blob protocol, version 4: file content.</summary>
    public static readonly Alpn Blobs = new("/iroh-bytes/4");

    /// <summary>The preview protocol of the AltSendme app: names and sizes before a transfer.</summary>
    public static readonly Alpn Metadata = new("sendme/metadata/1");

    /// <summary>Makes a protocol name.</summary>
    /// <exception cref="ArgumentException">It is empty or longer than 255 bytes.</exception>
    public Alpn(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (System.Text.Encoding.UTF8.GetByteCount(name) > MaxLength)
            throw new ArgumentException($"An ALPN name has at most {MaxLength} bytes.", nameof(name));
        Name = name;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
