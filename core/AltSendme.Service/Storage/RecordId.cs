using System.Buffers;
using System.Security.Cryptography;

namespace AltSendme.Service.Storage;

/// <summary>Names of shares and receives: short enough to be typed, random so that two services never mean different things by one.</summary>
internal static class RecordId
{
    private const int Bytes = 5;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text can be one; everything else never becomes part of a path.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length == Bytes * 2 && !text.ContainsAnyExcept(Digits);
}
