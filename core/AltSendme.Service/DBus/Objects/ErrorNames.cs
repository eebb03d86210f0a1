namespace AltSendme.Service.DBus.Objects;

/// <summary>Names of our errors on the bus: <c>org.altsendme.Error.</c> and the code (docs/errors.md) with underscores, since a bus knows no hyphens in names.</summary>
internal static class ErrorNames
{
    private const string Prefix = "org.altsendme.Error.";

    public static string Of(string code) => Prefix + code.Replace('-', '_');
}
