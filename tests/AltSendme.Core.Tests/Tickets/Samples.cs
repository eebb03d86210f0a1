using AltSendme.Abstractions;
using AltSendme.Blobs;
using AltSendme.Core.Tickets;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Core.Tests.Tickets;

/// <summary>The id and hash of the golden tickets, and tickets with something wrong in them.</summary>
internal static class Samples
{
    public static EndpointId Endpoint { get; } = EndpointId.TryParse("ae58ff8833241ac82d6ff7611046ed67b5072d142c588d0063e942d9a75502b6", out var id) ? id : default;

    public static Hash Root { get; } = Hash.TryParse("2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213", out var hash) ? hash : default;

    /// <summary>The content of the smallest ticket, in hexadecimal digits.</summary>
    public static string Smallest { get; } = "00" + Endpoint + "000000" + Root;

    public static EndpointAddress Address(string text) =>
        EndpointAddress.TryParse(text, out var address) ? address : throw new ArgumentException($"'{text}' is no address.", nameof(text));

    /// <summary>A ticket's content in hexadecimal digits.</summary>
    public static string Hex(string ticket)
    {
        Assert.StartsWith("blob", ticket, StringComparison.Ordinal);
        Assert.True(Base32.TryDecode(ticket.AsSpan(4), out var bytes));
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>The ticket with that content.</summary>
    public static string Ticket(string hex) => "blob" + Base32.Encode(Convert.FromHexString(hex));

    /// <summary>The smallest ticket with an extension block of that content.</summary>
    public static string Extended(string recordsHex) => Ticket(Smallest + "41534d5801" + Length(recordsHex) + recordsHex);

    /// <summary>Asserts that a text is refused, for that reason, with a sentence that does not give it away.</summary>
    public static void AssertRefused(string code, string text)
    {
        Assert.False(BlobTicket.TryParse(text, out var ticket, out var fault));
        Assert.Null(ticket);
        Assert.Equal(code, fault.Code);
        Assert.NotEmpty(fault.Message);
        Assert.True(fault.Message.Length < 300);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.True(text.Trim().Length < 12 || !fault.Message.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    private static string Length(string hex)
    {
        var length = hex.Length / 2;
        return length < 0x80 ? $"{length:x2}" : length < 0x4000 ? $"{(length & 0x7F) | 0x80:x2}{length >> 7:x2}" : $"{(length & 0x7F) | 0x80:x2}{((length >> 7) & 0x7F) | 0x80:x2}{length >> 14:x2}";
    }
}
