using System.Runtime.Intrinsics;

namespace AltSendme.Blobs.Blake3;

/// <summary>All kernels, and the best one of this machine.</summary>
internal static class Kernels
{
    /// <summary>The first of <see cref="All"/> that runs here.</summary>
    public static TreeHasher Best { get; } = All().First(static hasher => hasher.IsSupported);

    /// <summary>Every kernel with its name, the fastest first; the last one runs anywhere.</summary>
    public static IEnumerable<TreeHasher> All()
    {
        yield return new TreeHasher<LaneKernel<Vector512<uint>, Avx512Lanes, LaneKernel<Vector256<uint>, Avx2Lanes, LaneKernel<Vector128<uint>, Sse41Lanes, SingleKernel>>>>("AVX-512");
        yield return new TreeHasher<LaneKernel<Vector256<uint>, Avx2Lanes, LaneKernel<Vector128<uint>, Sse41Lanes, SingleKernel>>>("AVX2");
        yield return new TreeHasher<LaneKernel<Vector128<uint>, Sse41Lanes, SingleKernel>>("SSE4.1");
        yield return new TreeHasher<LaneKernel<Vector128<uint>, NeonLanes, SingleKernel>>("NEON");
        yield return new TreeHasher<SingleKernel>("single");
    }
}
