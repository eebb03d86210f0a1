using AltSendme.Blobs;

namespace AltSendme.Core.Receiving;

/// <summary>Name of the folder beside the destination's files that holds what was received so far: <c>.altsendme-0123456789abcdef.part</c>, from the first digits of the share's root hash.</summary>
internal static class PartialFolder
{
    private const string Prefix = ".altsendme-";
    private const string Suffix = ".part";
    private const int Digits = 16;

    public static string NameOf(in Hash root) => $"{Prefix}{root.ToString()[..Digits]}{Suffix}";

    public static bool IsName(string name) => name.Length == Prefix.Length + Digits + Suffix.Length && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);
}
