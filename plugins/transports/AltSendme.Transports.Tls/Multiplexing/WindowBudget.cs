namespace AltSendme.Transports.Tls.Multiplexing;

/// <summary>What all windows of a connection together may still grow, in bytes.</summary>
internal sealed class WindowBudget(int bytes)
{
    /// <summary>What is left.</summary>
    public int Left { get; private set; } = bytes;

    /// <summary>Takes up to <paramref name="wanted"/> bytes and returns how many.</summary>
    public int Take(int wanted)
    {
        var taken = Math.Min(wanted, Left);
        Left -= taken;
        return taken;
    }

    /// <summary>Gives bytes back that were taken.</summary>
    public void Return(int bytes) => Left += bytes;
}
