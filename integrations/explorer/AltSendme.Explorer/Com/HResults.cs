namespace AltSendme.Explorer.Com;

/// <summary>Results of COM calls (winerror.h).</summary>
internal static class HResults
{
    public const int Ok = 0;
    public const int NotImplemented = unchecked((int)0x80004001);
    public const int Fail = unchecked((int)0x80004005);
    public const int NoAggregation = unchecked((int)0x80040110);
}
