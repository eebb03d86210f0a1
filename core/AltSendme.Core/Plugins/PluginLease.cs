namespace AltSendme.Core.Plugins;

/// <summary>Says that a session uses plugins: while it is not disposed, none of those that the session may have got is ended because its folder was replaced. Disposing twice does nothing.</summary>
internal sealed class PluginLease(RetiredPlugins retired, int generation) : IDisposable
{
    private int _isReturned;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, 1) == 0)
            retired.Release(generation);
    }
}
